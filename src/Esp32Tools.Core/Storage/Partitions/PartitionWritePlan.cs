using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Storage.Partitions;

/// <summary>The plan of a write of partitions, checked against the device before anything is touched.</summary>
public sealed class PartitionWritePlan
{
    internal PartitionWritePlan(FlashWritePlan writes, IReadOnlyList<(Partition Partition, uint Start, long Length)> erases)
    {
        Writes = writes;
        Erases = erases;
    }

    /// <summary>The writes.</summary>
    public FlashWritePlan Writes { get; }

    /// <summary>Warnings: full sentences.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; } = [];

    /// <summary>Additional areas to erase: the rest of partitions that the chip encrypts during the write.</summary>
    internal IReadOnlyList<(Partition Partition, uint Start, long Length)> Erases { get; }

    /// <summary>A line for each step.</summary>
    public IReadOnlyList<string> Describe() =>
    [
        .. Erases.Select(erase => $"erase 0x{erase.Start:X} to 0x{erase.Start + erase.Length:X}, the rest of {erase.Partition.Name}"),
        .. Writes.Writes.Select(write => write.ToString()),
    ];
}
