using System;
using Esp32Tools.Compat;

namespace Esp32Tools.Simulator.Flash;

/// <summary>
/// The Serial Flash Discoverable Parameters of a part (JESD216B): header, the basic table of sixteen words, and for parts
/// above 16 MB the table of commands with four address bytes; in agreement with the part's behaviour.
/// </summary>
internal static class Sfdp
{
    private const int BasicAt = 0x80;
    private const int BasicWords = 16;
    private const int LongAt = 0xC0;
    private const int LongWords = 2;
    private const long ShortReach = 16 * 1024 * 1024;

    public static byte[] For(FlashPart part)
    {
        byte[] bytes = new byte[256];
        if (!part.HasSfdp)
        {
            return bytes;
        }

        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = 0xFF;
        }

        bool isLong = part.Size > ShortReach;

        // "SFDP", revision 1.6, number of parameter headers less one. A header: id, revision, words, address.
        Write(bytes, 0x00, 0x5044_4653, isLong ? 0xFF01_0106 : 0xFF00_0106);
        Write(bytes, 0x08, (BasicWords << 24) | 0x0001_0600, 0xFF00_0000 | BasicAt);
        Write(bytes, BasicAt, Basic(part, isLong));
        if (isLong)
        {
            Write(bytes, 0x10, (LongWords << 24) | 0x0001_0084, 0xFF00_0000 | LongAt);

            // Reads 13 0C 3C BC 6C EC, programs 12 34, three sizes of erase: 21, 5C, DC.
            Write(bytes, LongAt, 0xFFF0_0EFF, 0xFFDC_5C21);
        }

        return bytes;
    }

    private static uint[] Basic(FlashPart part, bool isLong) =>
    [
        // 4 KB erase with 0x20, 64-byte write granularity, three address bytes or either, dual and quad reads.
        isLong ? 0xFFFB_20E5 : 0xFFF9_20E5,
        (uint)((part.Size * 8) - 1),

        // Fast reads: 1-4-4 0xEB, 1-1-4 0x6B, 1-1-2 0x3B, 1-2-2 0xBB.
        0x6B08_EB44,
        0xBB42_3B08,
        0xFFFF_FFFE,
        0x0000_FFFF,
        0xEB40_FFFF,

        // Erase sizes: 4 KB 0x20, 32 KB 0x52, 64 KB 0xD8.
        0x520F_200C,
        0x0000_D810,

        // Typical erase times; the longest are eight times as long.
        3 | (EraseTime(part.SectorErase) << 4) | (EraseTime(part.HalfBlockErase) << 11) | (EraseTime(part.BlockErase) << 18),

        // Pages of 256 bytes and the time of one; 8 us for a first byte and 0.1 us for each that follows; the whole part.
        2 | (8 << 4) | (PageTime(part.PageProgram) << 8) | (7 << 14) | (ChipTime(part) << 24) | (1u << 31),

        // Nothing can be suspended.
        0x8000_0000,
        0,

        // Power-down with 0xB9, out of it with 0xAB within 3 us; busy is read from bit 0 of status 1.
        (0xB9u << 23) | (0xABu << 15) | (1 << 13) | (2 << 8) | (1 << 2),

        // Quad enable is bit 1 of status 2, written behind status 1 by 0x01.
        5 << 20,

        // Status writes are non-volatile after 0x06, volatile after 0x50; reset by 0x66 and 0x99; four address
        // bytes entered with 0xB7 and left with 0xE9, or through a register.
        0x08 | (0x10 << 8) | (isLong ? (1u << 14) | (1u << 24) | (1u << 26) | (1u << 29) : 0),
    ];

    // Five bits of count less one, two of unit: 1, 16, 128 ms, 1 s.
    private static uint EraseTime(TimeSpan time) => Time(time.TotalMilliseconds, 5, 1, 16, 128, 1000);

    // Five bits of count less one, one of unit: 8, 64 us.
    private static uint PageTime(TimeSpan time) => Time(time.TotalMilliseconds * 1000, 5, 8, 64);

    // Five bits of count less one, two of unit: 16, 256 ms, 4, 64 s.
    private static uint ChipTime(FlashPart part) =>
        Time(part.ChipErasePerMegabyte.TotalMilliseconds * part.Size / (1 << 20), 5, 16, 256, 4000, 64000);

    private static uint Time(double time, int bits, params double[] units)
    {
        uint most = 1u << bits;
        for (uint unit = 0; ; unit++)
        {
            uint count = (uint)Math.Max(1, Math.Round(time / units[unit]));
            if (count <= most || unit == units.Length - 1)
            {
                return (Math.Min(count, most) - 1) | (unit << bits);
            }
        }
    }

    private static void Write(byte[] bytes, int at, params uint[] words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            LittleEndian.WriteUInt32(bytes, at + (4 * i), words[i]);
        }
    }
}
