using System.Text.RegularExpressions;
using Esp32Tools.Formats.Nvs;

namespace Esp32Tools.FactoryData;

/// <summary>One key that every unit gets, and the column of the table that its value stands in.</summary>
public sealed record FactoryField
{
    /// <summary>The column.</summary>
    public required string Column { get; init; }

    /// <summary>The namespace in NVS.</summary>
    public required string Namespace { get; init; }

    /// <summary>The key in NVS.</summary>
    public required string Key { get; init; }

    /// <summary>What the value is.</summary>
    public required NvsEncoding Encoding { get; init; }

    /// <summary>True when the table names a file that holds the value.</summary>
    public bool IsFile { get; init; }

    /// <summary>True when the value of the first row goes to all units.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>True when a unit without a value goes without the key.</summary>
    public bool IsOptional { get; init; }

    /// <summary>True when no two units may have the same value.</summary>
    public bool IsUnique { get; init; }

    /// <summary>The least that a number may be; null for what its type allows.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>The most that a number may be; null for what its type allows.</summary>
    public decimal? Maximum { get; init; }

    /// <summary>What the text of a value has to match; null for anything.</summary>
    public Regex? Pattern { get; init; }

    /// <summary>Namespace and key.</summary>
    public override string ToString() => $"{Namespace}/{Key}";
}
