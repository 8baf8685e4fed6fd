using System;
using System.Collections.Concurrent;
using System.IO;
using System.IO.Compression;
using System.Text.Json;

namespace Esp32Tools.Tests.Shared;

/// <summary>
/// Where the repository is, with its notes and its vectors. The vectors are those of <c>tests/Vectors</c>, unpacked by the
/// build, or another set of the same shape, in the folder that <c>ESP32TOOLS_VECTORS</c> names. A file that is not there
/// is an error, never a test less.
/// </summary>
internal static class SharedFiles
{
    private static readonly ConcurrentDictionary<string, JsonElement> s_documents = new(StringComparer.Ordinal);

    /// <summary>The folder that holds <c>Esp32Tools.sln</c>.</summary>
    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    /// <summary>The vectors of the repository, unpacked.</summary>
    public static string OwnVectors { get; } = InRepository("tests", "Vectors", "obj", "unpacked");

    /// <summary>The vectors that the tests run on.</summary>
    public static string Vectors { get; } = Environment.GetEnvironmentVariable("ESP32TOOLS_VECTORS") is { Length: > 0 } folder
        ? Path.GetFullPath(Path.Combine(RepositoryRoot, folder))
        : OwnVectors;

    /// <summary>A path inside the repository.</summary>
    public static string InRepository(params string[] parts) => Path.Combine([RepositoryRoot, .. parts]);

    /// <summary>A page or table of <c>tests/Notes</c>.</summary>
    public static string Note(params string[] parts) => Existing(InRepository(["tests", "Notes", .. parts]));

    /// <summary>A file or folder of the vectors.</summary>
    /// <param name="name">Path below the vectors, with forward slashes.</param>
    public static string Vector(string name) => Existing(Path.Combine([Vectors, .. name.Split('/')]));

    /// <summary>Contents of a vector, unpacked if its name ends in <c>.gz</c>.</summary>
    public static byte[] ReadVector(string name) => ReadPlain(Vector(name));

    /// <summary>Contents of a file, unpacked if its name ends in <c>.gz</c>.</summary>
    public static byte[] ReadPlain(string path)
    {
        using FileStream file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var bytes = new MemoryStream();
        plain.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>A vector that is JSON; it is read once.</summary>
    public static JsonElement VectorJson(string name) => s_documents.GetOrAdd(name, _ => JsonDocument.Parse(ReadVector(name)).RootElement);

    private static string Existing(string path) => File.Exists(path) || Directory.Exists(path)
        ? path
        : throw new FileNotFoundException($"'{path}' is not there. A build unpacks tests/Vectors; ESP32TOOLS_VECTORS names another folder.", path);

    private static string FindRepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Esp32Tools.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Esp32Tools.sln is in no folder above the tests.");
    }
}
