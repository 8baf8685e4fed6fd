using System;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Crypto.Keys;

/// <summary>Elements of DER (ITU-T X.690), put together from the inside out.</summary>
internal static class DerWriter
{
    public static byte[] Sequence(params byte[][] elements) => Element(DerReader.Sequence, elements);

    public static byte[] Element(byte tag, params byte[][] contents)
    {
        int length = contents.Sum(content => content.Length);
        List<byte> header = [tag];
        if (length < 0x80)
        {
            header.Add((byte)length);
        }
        else if (length < 0x100)
        {
            header.AddRange([0x81, (byte)length]);
        }
        else
        {
            header.AddRange([0x82, (byte)(length >> 8), (byte)length]);
        }

        byte[] element = new byte[header.Count + length];
        header.CopyTo(element);
        int offset = header.Count;
        foreach (byte[] content in contents)
        {
            Array.Copy(content, 0, element, offset, content.Length);
            offset += content.Length;
        }

        return element;
    }

    /// <summary>A number that is not negative, given big-endian.</summary>
    public static byte[] Number(params byte[] number)
    {
        byte[] digits = [.. number.SkipWhile(digit => digit == 0)];
        return digits.Length == 0 || digits[0] >= 0x80 ? Element(DerReader.Integer, [0], digits) : Element(DerReader.Integer, digits);
    }

    public static byte[] Bits(byte[] bits) => Element(DerReader.BitString, [0], bits);

    public static byte[] Octets(byte[] octets) => Element(DerReader.OctetString, octets);

    public static byte[] Identifier(byte[] content) => Element(DerReader.ObjectIdentifier, content);

    public static byte[] Null() => Element(DerReader.Null);
}
