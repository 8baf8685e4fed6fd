using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Storage.Partitions;

/// <summary>Options for reading partitions into files.</summary>
public sealed record PartitionExportOptions
{
    /// <summary>Folder of the files; created if it does not exist.</summary>
    public required string Folder { get; init; }

    /// <summary>Flash address of the partition table.</summary>
    public uint TableOffset { get; init; } = PartitionTableOptions.DefaultTableOffset;

    /// <summary>The device's key; null for none: then the files hold the raw flash contents. The caller disposes it.</summary>
    public PartitionCipher? Cipher { get; init; }

    /// <summary>True to replace existing files.</summary>
    public bool Force { get; init; }
}
