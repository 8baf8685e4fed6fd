namespace Esp32Tools.Formats.Nvs;

/// <summary>A finding about an NVS partition.</summary>
public sealed record NvsFinding
{
    /// <summary>Severity of the finding.</summary>
    public required string Severity { get; init; }

    /// <summary>Stable id of the rule, such as <c>DataCrc</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The page; null for the whole partition.</summary>
    public int? Page { get; init; }

    /// <summary>The entry in the page; null for the whole page.</summary>
    public int? Entry { get; init; }

    /// <summary>Address in the partition; null for the whole partition.</summary>
    public int? Offset { get; init; }

    /// <summary>Name of the namespace; null when there is none.</summary>
    public string? Namespace { get; init; }

    /// <summary>The key; null when it is unknown.</summary>
    public string? Key { get; init; }

    /// <summary>Description of the finding.</summary>
    public required string Text { get; init; }

    /// <summary>The remedy, or the reaction of the firmware.</summary>
    public required string Advice { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Severity}: {Text}";
}
