using System.Collections.Generic;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Partitions;

/// <summary>
/// Lists the files of a folder that were read from a unit. It holds nothing that changes from one read to the next, so the same
/// contents make the same manifest.
/// </summary>
public sealed record PartitionManifest
{
    /// <summary>File name of a manifest.</summary>
    public const string FileName = "manifest.json";

    /// <summary>Key of the chip, such as <c>esp32c3</c>.</summary>
    public required string Chip { get; init; }

    /// <summary>The unit's factory MAC, such as <c>24:0a:c4:12:34:56</c>.</summary>
    public required string Mac { get; init; }

    /// <summary>The flash before the partition table, with the bootloader.</summary>
    public required PartitionManifestEntry Bootloader { get; init; }

    /// <summary>The sector of the partition table.</summary>
    public required PartitionManifestEntry Table { get; init; }

    /// <summary>The partitions, in the order of the table.</summary>
    public required IReadOnlyList<PartitionManifestEntry> Partitions { get; init; }

    /// <summary>Reads a manifest.</summary>
    /// <param name="json">The file, UTF-8.</param>
    /// <param name="source">Its path, for messages.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.ManifestInvalid"/>, with the line.</exception>
    public static PartitionManifest Parse(byte[] json, string source) => new PartitionManifestReader(source).Read(json);

    /// <summary>The file: JSON in UTF-8, with line feeds.</summary>
    public byte[] ToBytes() => PartitionManifestWriter.Write(this);
}
