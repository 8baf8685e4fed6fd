using System;
using System.Collections.Concurrent;
using System.IO;
using Esp32Tools.Errors;

namespace Esp32Tools.Link.Loader;

/// <summary>
/// The flasher stubs of this installation: the folder <c>stubs</c> beside the assembly, filled at build time.
/// </summary>
public static class StubStore
{
    private static readonly ConcurrentDictionary<string, StubImage> s_cache = new();

    /// <summary>The folder.</summary>
    public static string Folder { get; } =
        Path.Combine(Path.GetDirectoryName(typeof(StubStore).Assembly.Location) ?? string.Empty, "stubs");

    /// <summary>True when there is a stub of this name.</summary>
    public static bool Contains(string name) => File.Exists(PathOf(name));

    /// <summary>Gets a stub by its name, such as <c>esp32c3</c>.</summary>
    /// <exception cref="LoaderException"><see cref="ErrorCode.StubNotAvailable"/>, <see cref="ErrorCode.StubInvalid"/></exception>
    public static StubImage Get(string name) => s_cache.GetOrAdd(name, Load);

    private static StubImage Load(string name)
    {
        string path = PathOf(name);
        if (!File.Exists(path))
        {
            throw new LoaderException(
                ErrorCode.StubNotAvailable,
                $"This installation has no flasher stub '{name}'.",
                "It was built without npm: work without the stub, or install a complete build.")
            { Target = path };
        }

        return Read(name, path);
    }

    internal static StubImage Read(string name, string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return StubImage.Read(name, stream);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LoaderException(
                ErrorCode.StubInvalid,
                $"The flasher stub '{name}' cannot be read: {error.Message}",
                "Check who may read the files of the module, and that no program holds them, or work without the stub.",
                error)
            { Target = path };
        }
    }

    private static string PathOf(string name) => Path.Combine(Folder, name + ".json");
}
