using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Storage.Partitions;

/// <summary>Data to be written into a partition.</summary>
/// <param name="Name">Name of the partition.</param>
/// <param name="Source">Name of the bytes in messages and results: usually the file's path.</param>
/// <param name="Data">The bytes, from the partition's start. Not changed; do not change them.</param>
public sealed record PartitionData(string Name, string Source, byte[] Data)
{
    /// <summary>True when they are already encrypted.</summary>
    public PartitionContents Contents { get; init; }

    /// <summary>
    /// True for bytes that were read from there: neither their kind nor a read-only partition matters then.
    /// </summary>
    public bool IsCopy { get; init; }
}
