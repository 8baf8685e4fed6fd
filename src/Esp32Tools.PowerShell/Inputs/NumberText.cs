using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>Reads addresses and sizes in their common forms, in any culture.</summary>
internal static class NumberText
{
    private static readonly Regex s_form = new(
        @"^(?:0x(?<hex>[0-9a-f_]+)|(?<decimal>[0-9_]+))\s*(?<unit>[kmg]?)b?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Reads an address or a size; false when it is none or does not fit 32 bits.</summary>
    public static bool TryConvert(object? value, out uint number)
    {
        number = 0;
        switch (Arguments.BaseOf(value))
        {
            case int signed:
                // PowerShell reads the literals from 0x80000000 up as negative numbers of 32 bits.
                number = unchecked((uint)signed);
                return true;
            case byte or ushort or uint or sbyte or short or long or ulong or decimal:
                return TryWhole(Convert.ToDecimal(Arguments.BaseOf(value), CultureInfo.InvariantCulture), out number);
            case double real when real is >= 0 and <= uint.MaxValue:
                // 0.5MB is one of these.
                return TryWhole((decimal)real, out number);
            case string text:
                return TryParse(text, out number);
            default:
                return false;
        }
    }

    /// <summary>Reads <c>0x10000</c>, <c>64KB</c>, <c>4M</c>, <c>65536</c>.</summary>
    public static bool TryParse(string text, out uint number)
    {
        number = 0;
        Match match = s_form.Match(text.Trim());
        if (!match.Success)
        {
            return false;
        }

        bool isHex = match.Groups["hex"].Success;
        string digits = match.Groups[isHex ? "hex" : "decimal"].Value.Replace("_", string.Empty);
        NumberStyles style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return ulong.TryParse(digits, style, CultureInfo.InvariantCulture, out ulong value)
            && TryWhole(value * Factor(match.Groups["unit"].Value), out number);
    }

    private static decimal Factor(string unit) => unit.ToUpperInvariant() switch
    {
        "K" => 1 << 10,
        "M" => 1 << 20,
        "G" => 1 << 30,
        _ => 1,
    };

    private static bool TryWhole(decimal value, out uint number)
    {
        bool fits = value is >= 0 and <= uint.MaxValue && value == Math.Floor(value);
        number = fits ? (uint)value : 0;
        return fits;
    }
}
