using System;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Chips;

/// <summary>
/// A number in the chip's registers, in one piece or several; the first piece holds the lowest bits.
/// </summary>
public sealed class BitField
{
    private readonly IReadOnlyList<BitPart> _parts;

    internal BitField(params BitPart[] parts) => _parts = parts;

    /// <summary>The pieces, lowest bits first.</summary>
    public IReadOnlyList<BitPart> Parts => _parts;

    /// <summary>A field in one piece.</summary>
    /// <param name="register">Address of the word.</param>
    /// <param name="shift">Lowest bit within the word.</param>
    /// <param name="width">Number of bits.</param>
    public static BitField At(uint register, int shift, int width = 1) => new(new BitPart(register, shift, width));

    /// <summary>The same field with higher bits from another place.</summary>
    public BitField Then(uint register, int shift, int width = 1) => new([.. _parts, new BitPart(register, shift, width)]);

    /// <summary>Reads a field of any length, the lowest bits into the first byte.</summary>
    /// <param name="readRegister">Returns the word at an address.</param>
    public byte[] ReadBytes(Func<uint, uint> readRegister)
    {
        byte[] bytes = new byte[(_parts.Sum(part => part.Width) + 7) / 8];
        int position = 0;
        foreach (BitPart part in _parts)
        {
            uint word = readRegister(part.Register);
            for (int bit = 0; bit < part.Width; bit++, position++)
            {
                bytes[position / 8] |= (byte)((word >> (part.Shift + bit) & 1) << (position % 8));
            }
        }

        return bytes;
    }

    /// <summary>Reads a field of up to 32 bits.</summary>
    /// <param name="readRegister">Returns the word at an address.</param>
    public uint Read(Func<uint, uint> readRegister)
    {
        uint value = 0;
        int position = 0;
        foreach (BitPart part in _parts)
        {
            uint mask = part.Width == 32 ? uint.MaxValue : (1u << part.Width) - 1;
            value |= ((readRegister(part.Register) >> part.Shift) & mask) << position;
            position += part.Width;
        }

        return value;
    }
}
