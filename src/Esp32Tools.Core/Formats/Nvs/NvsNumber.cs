using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Nvs;

/// <summary>The integers of NVS. A decimal holds each of them.</summary>
internal static class NvsNumber
{
    // The syntax of Python's int(), which the vendor's tool uses: a sign, digits, underscores between them.
    private static readonly Regex s_decimal = new(@"\A[+-]?[0-9]+(?:_[0-9]+)*\z");

    private static readonly Dictionary<NvsType, (decimal Least, decimal Most, int Size)> s_ranges = new()
    {
        [NvsType.U8] = (byte.MinValue, byte.MaxValue, sizeof(byte)),
        [NvsType.I8] = (sbyte.MinValue, sbyte.MaxValue, sizeof(sbyte)),
        [NvsType.U16] = (ushort.MinValue, ushort.MaxValue, sizeof(ushort)),
        [NvsType.I16] = (short.MinValue, short.MaxValue, sizeof(short)),
        [NvsType.U32] = (uint.MinValue, uint.MaxValue, sizeof(uint)),
        [NvsType.I32] = (int.MinValue, int.MaxValue, sizeof(int)),
        [NvsType.U64] = (ulong.MinValue, ulong.MaxValue, sizeof(ulong)),
        [NvsType.I64] = (long.MinValue, long.MaxValue, sizeof(long)),
    };

    /// <summary>True for a numeric type.</summary>
    public static bool Is(NvsType type) => s_ranges.ContainsKey(type);

    /// <summary>Size of a number of this type, in bytes.</summary>
    public static int SizeOf(NvsType type) => s_ranges[type].Size;

    /// <exception cref="InputException"><see cref="ErrorCode.NvsItemInvalid"/></exception>
    public static object Parse(NvsType type, string text)
    {
        string digits = text.Trim();
        if (!s_decimal.IsMatch(digits))
        {
            throw NvsErrors.Rule("The value is no decimal number.", $"Give a whole number, {RangeOf(type)}.");
        }

        return decimal.TryParse(digits.Replace("_", string.Empty), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal number)
            ? Cast(type, number, digits)
            : throw OutOfRange(type, digits);
    }

    /// <exception cref="InputException"><see cref="ErrorCode.NvsItemInvalid"/></exception>
    public static object Convert(NvsType type, object? value)
    {
        switch (value)
        {
            case string text:
                return Parse(type, text);
            case bool flag:
                return Cast(type, flag ? 1 : 0, string.Empty);
            case byte or sbyte or ushort or short or uint or int or ulong or long:
                decimal number = System.Convert.ToDecimal(value, CultureInfo.InvariantCulture);
                return Cast(type, number, number.ToString(CultureInfo.InvariantCulture));
            // The result types of arithmetic in PowerShell.
            case double or float or decimal when TryWhole(value, out decimal whole):
                return Cast(type, whole, whole.ToString(CultureInfo.InvariantCulture));
            default:
                throw NvsErrors.Rule("The value is no whole number.", $"Give a whole number, {RangeOf(type)}.");
        }
    }

    /// <summary>The 64 bits of a number, sign-extended.</summary>
    public static ulong Bits(object number) => number is ulong bits ? bits : (ulong)System.Convert.ToInt64(number, CultureInfo.InvariantCulture);

    /// <summary>The number of a type in the lowest of 64 bits.</summary>
    public static object FromBits(NvsType type, ulong bits) => type switch
    {
        NvsType.U8 => (byte)bits,
        NvsType.I8 => (sbyte)bits,
        NvsType.U16 => (ushort)bits,
        NvsType.I16 => (short)bits,
        NvsType.U32 => (uint)bits,
        NvsType.I32 => (int)bits,
        NvsType.I64 => (long)bits,
        _ => bits,
    };

    private static object Cast(NvsType type, decimal number, string text)
    {
        (decimal least, decimal most, _) = s_ranges[type];
        return number < least || number > most
            ? throw OutOfRange(type, text)
            : FromBits(type, number < 0 ? (ulong)(long)number : (ulong)number);
    }

    private static bool TryWhole(object value, out decimal whole)
    {
        double real = System.Convert.ToDouble(value, CultureInfo.InvariantCulture);
        bool isWhole = Math.Abs(real) < ulong.MaxValue && Math.Floor(real) == real;
        whole = isWhole ? System.Convert.ToDecimal(value, CultureInfo.InvariantCulture) : 0;
        return isWhole;
    }

    private static InputException OutOfRange(NvsType type, string text) =>
        NvsErrors.Rule($"{text} does not fit {type}.", $"Give a whole number, {RangeOf(type)}, or take a wider type.");

    private static string RangeOf(NvsType type) =>
        string.Format(CultureInfo.InvariantCulture, "{0} to {1}", s_ranges[type].Least, s_ranges[type].Most);
}
