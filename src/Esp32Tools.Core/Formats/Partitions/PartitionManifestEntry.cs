namespace Esp32Tools.Formats.Partitions;

/// <summary>One file of a manifest.</summary>
public sealed record PartitionManifestEntry
{
    /// <summary>Name of the partition; for bootloader and table, their kind.</summary>
    public required string Name { get; init; }

    /// <summary>Type by name, or as a hexadecimal number.</summary>
    public required string Type { get; init; }

    /// <summary>Subtype by name, or as a hexadecimal number.</summary>
    public required string SubType { get; init; }

    /// <summary>Flash address of its first byte.</summary>
    public required uint Offset { get; init; }

    /// <summary>Size in bytes.</summary>
    public required uint Size { get; init; }

    /// <summary>Name of the file in the manifest's folder.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file, in lowercase hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Form of the file's bytes compared to flash.</summary>
    public required PartitionContents Contents { get; init; }
}
