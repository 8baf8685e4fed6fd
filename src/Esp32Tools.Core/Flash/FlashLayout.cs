namespace Esp32Tools.Flash;

/// <summary>The grid of a NOR flash memory, and arithmetic on it.</summary>
internal static class FlashLayout
{
    /// <summary>Smallest piece that can be erased, in bytes.</summary>
    public const uint SectorSize = 0x1000;

    /// <summary>The sector boundary at or before an address.</summary>
    public static long Floor(long address) => address / SectorSize * SectorSize;

    /// <summary>The sector boundary at or behind an address.</summary>
    public static long Ceiling(long address) => Floor(address + SectorSize - 1);

    /// <summary>Size as text for messages, such as 4 MB.</summary>
    public static string SizeText(long bytes) => bytes % (1 << 20) == 0 ? $"{bytes >> 20} MB" : $"{bytes >> 10} KB";
}
