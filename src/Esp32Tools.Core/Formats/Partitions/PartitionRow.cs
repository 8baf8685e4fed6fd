namespace Esp32Tools.Formats.Partitions;

/// <summary>A partition as somebody wrote it down: texts, of which some may be empty and are filled in.</summary>
public sealed record PartitionRow
{
    /// <summary>Where it stands, for messages, such as <c>line 3</c>.</summary>
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

    /// <summary>A partition that is complete already, and goes into the table as it is; null for the texts.</summary>
    public Partition? Partition { get; init; }
}
