using System.Text.RegularExpressions;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Nvs;

namespace Esp32Tools.FactoryData;

/// <summary>One key of every unit, and the table column of its value.</summary>
public sealed record FactoryField
{
    /// <summary>The column.</summary>
    public required string Column { get; init; }

    /// <summary>The namespace in NVS.</summary>
    public required string Namespace { get; init; }

    /// <summary>The key in NVS.</summary>
    public required string Key { get; init; }

    /// <summary>Encoding of the value.</summary>
    public required NvsEncoding Encoding { get; init; }

    /// <summary>True when the table names a file that holds the value.</summary>
    public bool IsFile { get; init; }

    /// <summary>True when the value of the first row goes to all units.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>True when a unit without a value does not get the key.</summary>
    public bool IsOptional { get; init; }

    /// <summary>True when the value must be unique.</summary>
    public bool IsUnique { get; init; }

    /// <summary>Minimum of a number; null for that of its type.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>Maximum of a number; null for that of its type.</summary>
    public decimal? Maximum { get; init; }

    /// <summary>Pattern for the text of a value; null for any text. A match takes a second at most.</summary>
    public Regex? Pattern { get; init => field = value is null ? null : UserPattern.Limited(value); }

    /// <summary>Namespace and key.</summary>
    public override string ToString() => $"{Namespace}/{Key}";
}
