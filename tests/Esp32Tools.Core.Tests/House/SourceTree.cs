using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Esp32Tools.Tests.Shared;

namespace Esp32Tools.Core.Tests.House;

/// <summary>The files of the repository, without what a build makes.</summary>
internal static class SourceTree
{
    private static readonly string[] s_made = ["bin", "obj", "out", "node_modules", "TestResults", ".git", ".vs"];

    // Read once for all tests: most of them look at the same thousand files.
    private static readonly Lazy<IReadOnlyList<string>> s_names = new(() => [.. Files(SharedFiles.RepositoryRoot).Select(NameOf)]);
    private static readonly Lazy<IReadOnlyList<SourceFile>> s_code = new(() =>
    [
        .. s_names.Value
            .Where(name => name.EndsWith(".cs", StringComparison.Ordinal))
            .Select(name => new SourceFile(name, File.ReadAllText(SharedFiles.InRepository(name)))),
    ]);

    /// <summary>The C# files under one folder of the repository.</summary>
    public static IReadOnlyList<SourceFile> CSharp(params string[] folder)
    {
        string prefix = string.Join('/', folder) + "/";
        return [.. s_code.Value.Where(file => file.Name.StartsWith(prefix, StringComparison.Ordinal))];
    }

    /// <summary>All files of the repository: their names with forward slashes.</summary>
    public static IReadOnlyList<string> All() => s_names.Value;

    /// <summary>Names of the folders in a folder.</summary>
    public static IReadOnlyList<string> FoldersIn(params string[] folder) =>
        [.. Directory.GetDirectories(SharedFiles.InRepository(folder)).Select(path => Path.GetFileName(path)).Except(s_made)];

    private static IEnumerable<string> Files(string folder)
    {
        IEnumerable<string> below = Directory.GetDirectories(folder)
            .Where(path => !s_made.Contains(Path.GetFileName(path)))
            .SelectMany(Files);
        return Directory.GetFiles(folder).Where(path => Path.GetFileName(path) != ".git").Concat(below);
    }

    private static string NameOf(string path) => Path.GetRelativePath(SharedFiles.RepositoryRoot, path).Replace('\\', '/');
}
