namespace Esp32Tools.Formats.Partitions;

/// <summary>A partition as written in a file: texts; some may be empty and are filled in.</summary>
public sealed record PartitionRow
{
    /// <summary>Its place, for messages, such as <c>line 3</c>.</summary>
    public required string Place { get; init; }

    /// <summary>The name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The type: a name or a number.</summary>
    public string Type { get; init; } = string.Empty;

    /// <summary>The subtype: a name or a number; empty for data that has none.</summary>
    public string SubType { get; init; } = string.Empty;

    /// <summary>The offset; empty for the next free one.</summary>
    public string Offset { get; init; } = string.Empty;

    /// <summary>The size; negative for an address to end at.</summary>
    public string Size { get; init; } = string.Empty;

    /// <summary>The flags, with colons between them.</summary>
    public string Flags { get; init; } = string.Empty;

    /// <summary>A complete partition that goes into the table unchanged; null to use the texts.</summary>
    public Partition? Partition { get; init; }
}
