using System;
using System.IO;

namespace Esp32Tools.Fuzz.Driving;

/// <summary>Options of a run.</summary>
internal sealed record FuzzOptions
{
    /// <summary>Faults of a target after which it is given up.</summary>
    public const int MostFailures = 20;

    /// <summary>Seed of the inputs: the same seed makes the same inputs.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Number of inputs for each target, besides its seeds; null for the number of the target.</summary>
    public int? Iterations { get; init; }

    /// <summary>Time for each target; null to go by the number of inputs.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Folder for inputs that broke the contract.</summary>
    public string Folder { get; init; } = Path.Combine(Path.GetTempPath(), "esp32tools-fuzz");

    /// <summary>True to save each input before it runs.</summary>
    public bool IsCareful { get; init; }
}
