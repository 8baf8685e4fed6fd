using System.Collections.Generic;

namespace Esp32Tools.Devices;

/// <summary>
/// The JEDEC id of a flash memory (command 0x9F): maker, type and capacity.
/// </summary>
public readonly record struct FlashIdentity
{
    // Capacity codes of JEDEC ids; the makers count on from 0x20 and 0x32 for their newer lines (protocol.md, section 8).
    private static readonly Dictionary<int, long> s_sizesInKilobytes = new()
    {
        [0x12] = 256,
        [0x13] = 512,
        [0x14] = 1 << 10,
        [0x15] = 2 << 10,
        [0x16] = 4 << 10,
        [0x17] = 8 << 10,
        [0x18] = 16 << 10,
        [0x19] = 32 << 10,
        [0x1A] = 64 << 10,
        [0x1B] = 128 << 10,
        [0x1C] = 256 << 10,
        [0x20] = 64 << 10,
        [0x21] = 128 << 10,
        [0x22] = 256 << 10,
        [0x32] = 256,
        [0x33] = 512,
        [0x34] = 1 << 10,
        [0x35] = 2 << 10,
        [0x36] = 4 << 10,
        [0x37] = 8 << 10,
        [0x38] = 16 << 10,
        [0x39] = 32 << 10,
        [0x3A] = 64 << 10,
    };

    // Adesto counts in five bits of the type byte.
    private static readonly Dictionary<int, long> s_adestoSizesInKilobytes = new()
    {
        [0x04] = 512,
        [0x05] = 1 << 10,
        [0x06] = 2 << 10,
        [0x07] = 4 << 10,
        [0x08] = 8 << 10,
        [0x09] = 16 << 10,
    };

    private static readonly Dictionary<int, string> s_makers = new()
    {
        [0x1C] = "EON",
        [0x1F] = "Adesto",
        [0x20] = "XMC",
        [0x46] = "Spansion",
        [0x5E] = "Zbit",
        [0x68] = "Boya",
        [0x85] = "Puya",
        [0x8C] = "ESMT",
        [0x9D] = "ISSI",
        [0xA1] = "Fudan",
        [0xC2] = "Macronix",
        [0xC8] = "GigaDevice",
        [0xCD] = "TH",
        [0xEF] = "Winbond",
    };

    private const int Adesto = 0x1F;

    internal FlashIdentity(uint raw) => Raw = raw;

    /// <summary>The three bytes as read: maker in bits 7:0, type in 15:8, capacity in 23:16.</summary>
    public uint Raw { get; }

    /// <summary>JEDEC number of the maker.</summary>
    public int ManufacturerId => (int)(Raw & 0xFF);

    /// <summary>Type and capacity as the field writes them, such as 0x4016.</summary>
    public int DeviceId => (int)(((Raw & 0xFF00) | ((Raw >> 16) & 0xFF)) & 0xFFFF);

    /// <summary>The maker, if known.</summary>
    public string Manufacturer => s_makers.TryGetValue(ManufacturerId, out string? name) ? name : $"0x{ManufacturerId:X2}";

    /// <summary>Size in bytes; null when the capacity code is not known.</summary>
    public long? Size
    {
        get
        {
            bool known = ManufacturerId == Adesto
                ? s_adestoSizesInKilobytes.TryGetValue((int)(Raw >> 8) & 0x1F, out long kilobytes)
                : s_sizesInKilobytes.TryGetValue((int)(Raw >> 16) & 0xFF, out kilobytes);
            return known ? kilobytes << 10 : null;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Manufacturer} 0x{DeviceId:X4}";

    /// <summary>False for the id that a bus without a flash memory returns.</summary>
    public bool IsPresent => Raw is not (0xFF_FFFF or 0x00_0000 or 0xFF_FF3F);
}
