namespace Esp32Tools.Chips;

/// <summary>The grid of a NOR flash memory, and arithmetic on it.</summary>
internal static class FlashLayout
{
    /// <summary>Smallest erasable unit, in bytes.</summary>
    public const uint SectorSize = 0x1000;

    /// <summary>Size of the largest flash memory, in bytes: 2 Gbit; no chip reaches more, and none makes any. Sizes are checked against it before memory is taken.</summary>
    public const int Largest = 0x1000_0000;

    /// <summary>The sector boundary at or before an address.</summary>
    public static long Floor(long address) => address / SectorSize * SectorSize;

    /// <summary>The sector boundary at or behind an address.</summary>
    public static long Ceiling(long address) => Floor(address + SectorSize - 1);

    /// <summary>Size as text for messages, such as 4 MB.</summary>
    public static string SizeText(long bytes) => bytes % (1 << 20) == 0 ? $"{bytes >> 20} MB" : $"{bytes >> 10} KB";

    /// <summary>A length rounded up to a multiple of a unit.</summary>
    public static int RoundUp(int length, int unit) => (length + unit - 1) / unit * unit;

    /// <summary>The bytes padded with FF to a multiple of a unit.</summary>
    public static byte[] Pad(byte[] data, int unit)
    {
        int length = RoundUp(data.Length, unit);
        if (length == data.Length)
        {
            return data;
        }

        var padded = new byte[length];
        data.CopyTo(padded, 0);
        Fill(padded, data.Length, length);
        return padded;
    }

    /// <summary>True when all bytes have the value of erased flash.</summary>
    public static bool IsBlank(byte[] data, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            if (data[i] != 0xFF)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Sets bytes to the value of erased flash.</summary>
    public static void Fill(byte[] data, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            data[i] = 0xFF;
        }
    }
}
