using System.Collections.Generic;

namespace Esp32Tools.Flash;

/// <summary>The plan of a write, checked against the device before anything is changed.</summary>
public sealed class FlashWritePlan
{
    internal FlashWritePlan(IReadOnlyList<PlannedWrite> writes, FlashWriteOptions options, long flashSize)
    {
        Writes = writes;
        Options = options;
        FlashSize = flashSize;
    }

    /// <summary>The writes, by address.</summary>
    public IReadOnlyList<PlannedWrite> Writes { get; }

    /// <summary>Warnings about unusual but possibly intended properties: whole sentences.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; } = [];

    /// <summary>The options of the writes.</summary>
    public FlashWriteOptions Options { get; }

    /// <summary>Size of the flash in bytes.</summary>
    public long FlashSize { get; }
}
