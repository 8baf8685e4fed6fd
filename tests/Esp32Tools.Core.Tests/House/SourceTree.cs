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

    /// <summary>The C# files under one folder of the repository.</summary>
    public static IReadOnlyList<SourceFile> CSharp(params string[] folder) =>
    [
        .. Files(SharedFiles.InRepository(folder))
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
            .Select(file => new SourceFile(NameOf(file), File.ReadAllText(file))),
    ];

    /// <summary>All files of the repository: their names with forward slashes.</summary>
    public static IReadOnlyList<string> All() => [.. Files(SharedFiles.RepositoryRoot).Select(NameOf)];

    /// <summary>Names of the folders in a folder.</summary>
    public static IReadOnlyList<string> FoldersIn(params string[] folder) =>
        [.. Directory.GetDirectories(SharedFiles.InRepository(folder)).Select(path => Path.GetFileName(path)).Except(s_made)];

    private static IEnumerable<string> Files(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        IEnumerable<string> below = Directory.GetDirectories(folder)
            .Where(path => !s_made.Contains(Path.GetFileName(path)))
            .SelectMany(Files);
        return Directory.GetFiles(folder).Where(path => Path.GetFileName(path) != ".git").Concat(below);
    }

    private static string NameOf(string path) => Path.GetRelativePath(SharedFiles.RepositoryRoot, path).Replace('\\', '/');
}
