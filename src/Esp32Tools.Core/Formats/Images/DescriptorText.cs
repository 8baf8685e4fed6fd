using System;
using System.Text;

namespace Esp32Tools.Formats.Images;

/// <summary>Text of fixed width that ends at the first zero byte.</summary>
internal static class DescriptorText
{
    public static string Read(byte[] image, int offset, int width) => Encoding.UTF8.GetString(image, offset, LengthOf(image, offset, width));

    /// <summary>True when there is at least one character and all of them are printable.</summary>
    public static bool IsText(byte[] image, int offset, int width)
    {
        int length = LengthOf(image, offset, width);
        return length > 0 && Array.TrueForAll(Encoding.UTF8.GetChars(image, offset, length), letter => letter is >= ' ' and not '\uFFFD');
    }

    private static int LengthOf(byte[] image, int offset, int width)
    {
        int end = Array.IndexOf(image, (byte)0, offset, width);
        return end < 0 ? width : end - offset;
    }
}
