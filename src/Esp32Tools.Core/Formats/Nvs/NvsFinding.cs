namespace Esp32Tools.Formats.Nvs;

/// <summary>Something about an NVS partition that a person should know.</summary>
public sealed record NvsFinding
{
    /// <summary>How bad it is.</summary>
    public required NvsFindingSeverity Severity { get; init; }

    /// <summary>A stable name for it, such as <c>DataCrc</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The page; null for the whole partition.</summary>
    public int? Page { get; init; }

    /// <summary>The entry in the page; null for the whole page.</summary>
    public int? Entry { get; init; }

    /// <summary>Address in the partition; null for the whole partition.</summary>
    public int? Offset { get; init; }

    /// <summary>Name of the namespace; null when there is none.</summary>
    public string? Namespace { get; init; }

    /// <summary>The key; null when it cannot be told.</summary>
    public string? Key { get; init; }

    /// <summary>What is the case.</summary>
    public required string Text { get; init; }

    /// <summary>What to do about it, or what the firmware does.</summary>
    public required string Advice { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Severity}: {Text}";
}
