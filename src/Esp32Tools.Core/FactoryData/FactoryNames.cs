using System;
using System.Globalization;
using System.Linq;
using Esp32Tools.Files;

namespace Esp32Tools.FactoryData;

/// <summary>Unit names, which become file names on every system.</summary>
internal static class FactoryNames
{
    private const int Longest = 180;

    private static readonly char[] s_forbidden = ['<', '>', ':', '"', '/', '\\', '|', '?', '*'];

    /// <summary>Prefix, optional number and id, with hyphens between them.</summary>
    public static string Of(FactoryOptions options, int row, string id)
    {
        string? number = options.FirstNumber is int first
            ? ((long)first + row - 1).ToString(CultureInfo.InvariantCulture).PadLeft(options.NumberLength, '0')
            : null;
        return string.Join("-", new[] { options.Prefix, number, id }.Where(part => !string.IsNullOrEmpty(part)));
    }

    /// <summary>The reason why a text cannot be a file name; null for none.</summary>
    public static string? Fault(string name) =>
        name.Any(char.IsControl) ? "it contains a control character"
        : name.IndexOfAny(s_forbidden) is >= 0 and int at ? $"it has a {name[at]} in it"
        : name.Length > Longest ? $"it has more than {Longest} characters"
        : name.EndsWith(".", StringComparison.Ordinal) || name != name.Trim() ? "it begins or ends with a blank, or ends with a dot"
        : OutputName.IsDevice(name) ? "Windows has a device of that name"
        : null;
}
