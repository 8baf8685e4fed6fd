using System.Collections.Generic;
using Esp32Tools.Chips;
using Esp32Tools.Simulator.Memory;

namespace Esp32Tools.Simulator.Flash;

/// <summary>The flash that eFuse says is in the chip's package.</summary>
internal static class PackagedFlash
{
    // JEDEC manufacturers by the vendor's abbreviations (JEP106).
    private static readonly IReadOnlyDictionary<string, byte> s_manufacturers = new Dictionary<string, byte>
    {
        ["XMC"] = 0x20,
        ["GD"] = 0xC8,
        ["FM"] = 0xA1,
        ["BY"] = 0x68,
        ["ZBIT"] = 0x5E,
    };

    /// <summary>The part; null when there is none, or its size is not known.</summary>
    public static FlashPart? Of(ChipDefinition chip, IBusDevice efuse)
    {
        if (chip.Identity.Flash?.Read(new EfuseView(chip, 0, efuse.Read)) is not { Size: long size } memory)
        {
            return null;
        }

        FlashPart part = new() { Size = size };
        return memory.Vendor is { } vendor && s_manufacturers.TryGetValue(vendor, out byte manufacturer)
            ? part with { Manufacturer = manufacturer }
            : part;
    }
}
