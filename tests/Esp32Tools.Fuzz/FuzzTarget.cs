using System;
using System.Collections.Generic;
using Esp32Tools.Fuzz.Seeding;

namespace Esp32Tools.Fuzz;

/// <summary>A parser, and inputs from which others are made.</summary>
/// <param name="Name">Its name on the command line, and that of its folder in <c>Seeds</c>.</param>
/// <param name="Run">Gives an input to the parser and looks at all that comes out of it.</param>
internal sealed record FuzzTarget(string Name, Action<byte[]> Run)
{
    /// <summary>Number of inputs in a run without a number of its own.</summary>
    public int Iterations { get; init; } = 20_000;

    /// <summary>Folders of the vectors that have more seeds: path, and the ending of the files.</summary>
    public IReadOnlyList<(string Folder, string Ending)> Vectors { get; init; } = [];

    /// <summary>Seeds that are made, and not kept.</summary>
    public Func<IEnumerable<byte[]>> Made { get; init; } = () => [];

    /// <summary>Words of the format, which are put into inputs.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>
    /// Makes the check values of an input right again; null where the format has none. Without it, a parser that checks
    /// them first would never see a wrong value behind them.
    /// </summary>
    public Action<byte[]>? Repair { get; init; }

    /// <summary>Bytes that the work on an input may take from the heap, besides 400 for each of its bytes.</summary>
    public long Allowance { get; init; } = 16L * 1024 * 1024;

    /// <summary>All seeds, each once.</summary>
    public IReadOnlyList<byte[]> Seeds => SeedFolder.Read(this);
}
