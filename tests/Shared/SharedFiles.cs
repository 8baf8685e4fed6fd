using System;
using System.IO;

namespace Esp32Tools.Tests.Shared;

/// <summary>
/// Where the repository is, and the vectors and facts that may stand beside it. A plain clone has only the
/// repository: tests that read <c>../shared</c> add its cases when it is there and run without it when it is not.
/// </summary>
internal static class SharedFiles
{
    /// <summary>The folder that holds <c>Esp32Tools.sln</c>.</summary>
    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    /// <summary>The folder <c>shared</c> beside the repository; null when there is none.</summary>
    public static string? Root { get; } = FindShared();

    /// <summary>True when there is a folder <c>shared</c> beside the repository.</summary>
    public static bool Available => Root is not null;

    /// <summary>A path inside the repository.</summary>
    public static string InRepository(params string[] parts) => Path.Combine([RepositoryRoot, .. parts]);

    /// <summary>A path inside the folder <c>shared</c>; ask <see cref="Available"/> first.</summary>
    public static string PathOf(params string[] parts) =>
        Path.Combine([Root ?? throw new InvalidOperationException("There is no folder 'shared' beside the repository."), .. parts]);

    private static string FindRepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Esp32Tools.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Esp32Tools.sln is in no folder above the tests.");
    }

    private static string? FindShared()
    {
        string folder = Path.GetFullPath(Path.Combine(RepositoryRoot, "..", "shared"));
        return Directory.Exists(Path.Combine(folder, "vectors")) ? folder : null;
    }
}
