namespace Esp32Tools.Formats.Partitions;

/// <summary>One file of a manifest.</summary>
public sealed record PartitionManifestEntry
{
    /// <summary>Name of the partition; of the bootloader and the table, what they are.</summary>
    public required string Name { get; init; }

    /// <summary>Type by name, or as a hexadecimal number.</summary>
    public required string Type { get; init; }

    /// <summary>Subtype by name, or as a hexadecimal number.</summary>
    public required string SubType { get; init; }

    /// <summary>Flash address of its first byte.</summary>
    public required uint Offset { get; init; }

    /// <summary>Bytes.</summary>
    public required uint Size { get; init; }

    /// <summary>Name of the file, in the folder of the manifest.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file, in lowercase hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>How the file stands to what is in flash.</summary>
    public required PartitionContents Contents { get; init; }
}
