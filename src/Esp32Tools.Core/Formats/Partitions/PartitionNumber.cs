using System;
using System.Globalization;

namespace Esp32Tools.Formats.Partitions;

/// <summary>
/// A number in a partition CSV: decimal, 0x, 0o or 0b, with an optional suffix K (1024) or M and an optional sign.
/// </summary>
internal static class PartitionNumber
{
    private const int K = 1024;
    private const int M = 1024 * 1024;

    /// <summary>Reads a number of at most 32 bits before its unit.</summary>
    public static bool TryParse(string text, out long value)
    {
        bool negative = text.StartsWith("-", StringComparison.Ordinal);
        string digits = negative ? text.Substring(1) : text;
        int unit = UnitOf(digits);
        if (unit > 1)
        {
            digits = digits.Substring(0, digits.Length - 1);
        }

        bool isNumber = TryParseDigits(digits, out value);
        value *= negative ? -unit : unit;
        return isNumber;
    }

    /// <summary>A number of bytes in the largest unit without remainder.</summary>
    public static string FormatSize(uint size) => size switch
    {
        > 0 when size % M == 0 => string.Format(CultureInfo.InvariantCulture, "{0}M", size / M),
        > 0 when size % K == 0 => string.Format(CultureInfo.InvariantCulture, "{0}K", size / K),
        _ => $"0x{size:x}",
    };

    private static int UnitOf(string digits) => digits.Length == 0 ? 1 : digits[digits.Length - 1] switch
    {
        'k' or 'K' => K,
        'm' or 'M' => M,
        _ => 1,
    };

    private static bool TryParseDigits(string digits, out long number)
    {
        int radix = digits.Length < 2 || digits[0] != '0' ? 10 : digits[1] switch
        {
            'x' or 'X' => 16,
            'o' or 'O' => 8,
            'b' or 'B' => 2,
            _ => 10,
        };
        number = 0;
        int start = radix == 10 ? 0 : 2;
        for (int i = start; i < digits.Length; i++)
        {
            int digit = DigitOf(digits[i]);
            number = (number * radix) + digit;
            if (digit >= radix || number > uint.MaxValue)
            {
                return false;
            }
        }

        return digits.Length > start;
    }

    private static int DigitOf(char letter) => letter switch
    {
        >= '0' and <= '9' => letter - '0',
        >= 'a' and <= 'f' => letter - 'a' + 10,
        >= 'A' and <= 'F' => letter - 'A' + 10,
        _ => int.MaxValue / 2,
    };
}
