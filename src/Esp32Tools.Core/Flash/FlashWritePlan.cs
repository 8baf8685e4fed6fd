using System.Collections.Generic;

namespace Esp32Tools.Flash;

/// <summary>What a write will do, checked against the device before anything is touched.</summary>
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

    /// <summary>What is odd about them and may be meant: whole sentences.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; } = [];

    /// <summary>How they are done.</summary>
    public FlashWriteOptions Options { get; }

    /// <summary>Size of the flash in bytes.</summary>
    public long FlashSize { get; }
}
