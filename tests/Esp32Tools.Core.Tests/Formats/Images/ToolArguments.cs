using System;
using System.Globalization;
using System.Linq;

namespace Esp32Tools.Core.Tests.Formats.Images;

/// <summary>Arguments of the reference tool's command line.</summary>
internal sealed class ToolArguments(string[] words)
{
    /// <summary>True when an option is there.</summary>
    public bool Has(string option) => words.Contains(option);

    /// <summary>The word behind an option; null when the option is not there.</summary>
    public string? Value(string option) => words.SkipWhile(word => word != option).Skip(1).FirstOrDefault();

    /// <summary>The number behind an option; null when the option is not there.</summary>
    public int? Number(string option) => Value(option) is { } text ? ParseNumber(text) : null;

    /// <summary>Reads <c>0x10</c>, <c>16</c>, <c>16KB</c>, <c>4MB</c>.</summary>
    public static int ParseNumber(string text) => text switch
    {
        _ when text.EndsWith("MB", StringComparison.Ordinal) => ParseNumber(text[..^2]) << 20,
        _ when text.EndsWith("KB", StringComparison.Ordinal) => ParseNumber(text[..^2]) << 10,
        _ when text.StartsWith("0x", StringComparison.Ordinal) => int.Parse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        _ => int.Parse(text, CultureInfo.InvariantCulture),
    };
}
