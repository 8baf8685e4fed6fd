using System.Globalization;
using System.Text;

namespace Esp32Tools.Compat;

/// <summary>Bytes as hexadecimal text; netstandard2.0 has no Convert.ToHexString.</summary>
internal static class Hex
{
    /// <summary>Formats bytes in lower case, without separators.</summary>
    public static string Encode(byte[] bytes) => Encode(bytes, 0, bytes.Length);

    /// <summary>Formats bytes in lower case, without separators.</summary>
    public static string Encode(byte[] bytes, int offset, int count)
    {
        const string Digits = "0123456789abcdef";
        var text = new StringBuilder(count * 2);
        for (int i = offset; i < offset + count; i++)
        {
            text.Append(Digits[bytes[i] >> 4]).Append(Digits[bytes[i] & 0xF]);
        }

        return text.ToString();
    }

    /// <summary>Parses text without separators; false when it is not hexadecimal or of odd length.</summary>
    public static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length / 2];
        if (text.Length % 2 != 0)
        {
            return false;
        }

        for (int i = 0; i < bytes.Length; i++)
        {
            if (!byte.TryParse(text.Substring(2 * i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[i]))
            {
                return false;
            }
        }

        return true;
    }
}
