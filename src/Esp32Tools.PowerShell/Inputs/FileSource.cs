using System;
using System.Collections.Generic;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>
/// The files that a cmdlet was given, by -Path with wildcards, by -LiteralPath, or through the pipeline: one walk for all cmdlets.
/// A path or file that fails is one error with that path as its target, and the others go on.
/// </summary>
internal static class FileSource
{
    /// <summary>Name of the parameter set of -Path.</summary>
    public const string PathSet = "Path";

    /// <summary>Name of the parameter set of -LiteralPath.</summary>
    public const string LiteralPathSet = "LiteralPath";

    /// <summary>Does one piece of work, and reports its failure.</summary>
    /// <param name="work">The work.</param>
    /// <param name="isOnlyItem">True when it is the only piece of work.</param>
    /// <param name="item">The path that it concerns.</param>
    public delegate void Attempt(Action work, bool isOnlyItem, string item);

    /// <summary>Works on the files that paths name, one after the other.</summary>
    /// <param name="given">The paths.</param>
    /// <param name="isLiteral">True when wildcards are plain letters.</param>
    /// <param name="isOnlyItem">True when no other files come, through the pipeline.</param>
    /// <param name="paths">Paths as the session sees them.</param>
    /// <param name="attempt">Does the work.</param>
    /// <param name="work">Works on one file; it gets its path in the file system.</param>
    public static void Walk(IReadOnlyCollection<string> given, bool isLiteral, bool isOnlyItem, ProviderPaths paths, Attempt attempt, Action<string> work)
    {
        bool isOnlyPath = isOnlyItem && given.Count == 1;
        foreach (string path in given)
        {
            IReadOnlyList<string> files = [];
            attempt(() => files = paths.ResolveAll(path, isLiteral), isOnlyPath, path);
            foreach (string file in files)
            {
                attempt(() => work(file), isOnlyPath && files.Count == 1, file);
            }
        }
    }
}
