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

    /// <summary>Works on the files that paths name, one after the other.</summary>
    /// <param name="given">The paths.</param>
    /// <param name="isLiteral">True when wildcards are plain letters.</param>
    /// <param name="paths">Paths as the session sees them.</param>
    /// <param name="attempt">Does one piece of work, on the path that goes with it, and reports its failure.</param>
    /// <param name="work">Works on one file; it gets its path in the file system.</param>
    public static void Walk(IReadOnlyCollection<string> given, bool isLiteral, ProviderPaths paths, Action<Action, string> attempt, Action<string> work)
    {
        foreach (string path in given)
        {
            IReadOnlyList<string> files = [];
            attempt(() => files = paths.ResolveAll(path, isLiteral), path);
            foreach (string file in files)
            {
                attempt(() => work(file), file);
            }
        }
    }
}
