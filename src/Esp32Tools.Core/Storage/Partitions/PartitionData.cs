using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Storage.Partitions;

/// <summary>What is to be written into a partition.</summary>
/// <param name="Name">Name of the partition.</param>
/// <param name="Source">Name of the bytes in messages and results: usually the file's path.</param>
/// <param name="Data">The bytes, from the partition's first on. Not changed, and not to be changed.</param>
public sealed record PartitionData(string Name, string Source, byte[] Data)
{
    /// <summary>Whether they are encrypted already.</summary>
    public PartitionContents Contents { get; init; }

    /// <summary>
    /// True to take them for what belongs there, because they were read from there: neither what they are nor whether the partition
    /// is read-only matters then.
    /// </summary>
    public bool IsCopy { get; init; }
}
