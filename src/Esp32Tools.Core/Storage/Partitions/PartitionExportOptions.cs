using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Storage.Partitions;

/// <summary>How partitions are read into files.</summary>
public sealed record PartitionExportOptions
{
    /// <summary>Folder of the files; it is made if it does not exist.</summary>
    public required string Folder { get; init; }

    /// <summary>Flash address of the partition table.</summary>
    public uint TableOffset { get; init; } = PartitionTableOptions.DefaultTableOffset;

    /// <summary>The device's key; null where there is none, and then the files hold what stands in flash. It stays the caller's.</summary>
    public PartitionCipher? Cipher { get; init; }

    /// <summary>Replaces files that exist.</summary>
    public bool Force { get; init; }
}
