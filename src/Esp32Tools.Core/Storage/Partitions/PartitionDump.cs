using Esp32Tools.Files;

namespace Esp32Tools.Storage.Partitions;

/// <summary>A partition read into a file.</summary>
public sealed record PartitionDump
{
    /// <summary>Port of the device.</summary>
    public required string PortName { get; init; }

    /// <summary>Name of the partition.</summary>
    public required string Name { get; init; }

    /// <summary>Flash address of its first byte.</summary>
    public required uint Offset { get; init; }

    /// <summary>Size in bytes.</summary>
    public required uint Size { get; init; }

    /// <summary>True when the file holds decrypted data; false when it holds the raw flash contents.</summary>
    public bool Decrypted { get; init; }

    /// <summary>SHA-256 of the file, in lowercase hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// File name for a partition: its name, with characters that are invalid in a file system or lead out of the folder
    /// replaced. The name comes from the device and can contain anything.
    /// </summary>
    public static string FileNameOf(string partitionName) => OutputName.Safe(partitionName, ".bin");
}
