using System;

namespace Esp32Tools.Crypto.Keys;

/// <summary>
/// Reads DER (ITU-T X.690), the subset that keys need: tags of one byte, definite lengths in their shortest form.
/// </summary>
internal sealed class DerReader(byte[] data, int offset, int end)
{
    public const byte Integer = 0x02;
    public const byte BitString = 0x03;
    public const byte OctetString = 0x04;
    public const byte Null = 0x05;
    public const byte ObjectIdentifier = 0x06;
    public const byte Sequence = 0x30;

    private int _offset = offset;

    public DerReader(byte[] data)
        : this(data, 0, data.Length)
    {
    }

    public bool IsAtEnd => _offset == end;

    public bool IsNext(byte tag) => _offset < end && data[_offset] == tag;

    /// <summary>Enters a constructed element, and moves past it.</summary>
    public DerReader Enter(byte tag = Sequence)
    {
        int length = Header(tag);
        var inner = new DerReader(data, _offset, _offset + length);
        _offset += length;
        return inner;
    }

    /// <summary>The content of an element.</summary>
    public byte[] Content(byte tag)
    {
        int length = Header(tag);
        byte[] content = new byte[length];
        Array.Copy(data, _offset, content, 0, length);
        _offset += length;
        return content;
    }

    /// <summary>A number that is not negative, big-endian, without the leading zero that a sign needs.</summary>
    public byte[] Number()
    {
        byte[] content = Content(Integer);
        bool isShortest = content.Length == 1 || (content.Length > 1 && (content[0] != 0 || content[1] >= 0x80));
        if (!isShortest || content[0] >= 0x80)
        {
            throw new DerException("a number is negative or not in its shortest form");
        }

        return content[0] == 0 && content.Length > 1 ? BigEndian.Fit(content, content.Length - 1)! : content;
    }

    /// <summary>A small number, such as a version.</summary>
    public int SmallNumber()
    {
        byte[] number = Number();
        if (number.Length > 4 || (number.Length == 4 && number[0] >= 0x80))
        {
            throw new DerException("a number is too large");
        }

        int value = 0;
        foreach (byte digit in number)
        {
            value = (value << 8) | digit;
        }

        return value;
    }

    /// <summary>A bit string of whole bytes.</summary>
    public byte[] Bits()
    {
        byte[] content = Content(BitString);
        if (content.Length == 0 || content[0] != 0)
        {
            throw new DerException("a bit string is not of whole bytes");
        }

        byte[] bits = new byte[content.Length - 1];
        Array.Copy(content, 1, bits, 0, bits.Length);
        return bits;
    }

    /// <summary>Throws when more data follows.</summary>
    public void RequireEnd()
    {
        if (!IsAtEnd)
        {
            throw new DerException("there is more than belongs there");
        }
    }

    private int Header(byte tag)
    {
        if (!IsNext(tag))
        {
            throw new DerException($"no element of tag 0x{tag:X2} where one belongs");
        }

        _offset++;
        int length = Byte();
        if (length >= 0x80)
        {
            int count = length & 0x7F;
            if (count is 0 or > 3)
            {
                throw new DerException("a length is not definite, or too large");
            }

            length = 0;
            for (int i = 0; i < count; i++)
            {
                length = (length << 8) | Byte();
            }

            if (length < 0x80 || length >> (8 * (count - 1)) == 0)
            {
                throw new DerException("a length is not in its shortest form");
            }
        }

        return length <= end - _offset ? length : throw new DerException("it is cut short");
    }

    private byte Byte() => _offset < end ? data[_offset++] : throw new DerException("it is cut short");
}
