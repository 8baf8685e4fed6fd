using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;

namespace Esp32Tools.Formats.Images.Containers;

/// <summary>The contents of a UF2 file.</summary>
public sealed class Uf2File
{
    // The most common families. Source: the family list of the UF2 specification.
    private static readonly Dictionary<uint, string> s_others = new()
    {
        [0x7EAB_61ED] = Esp8266Image.Chip,
        [0xE48B_FF56] = "RP2040",
        [0xE48B_FF59] = "RP2350",
        [0xADA5_2840] = "nRF52840",
        [0x68ED_2B88] = "SAMD21",
        [0x5511_4460] = "SAMD51",
        [0x5775_5A57] = "STM32F4",
    };

    internal Uf2File(uint? familyId, IReadOnlyList<ImagePart> parts)
    {
        FamilyId = familyId;
        Parts = parts;
    }

    /// <summary>Family id of its chip; null when it does not say.</summary>
    public uint? FamilyId { get; }

    /// <summary>Its chip; null when it does not say, or the catalogue has no chip with the family id.</summary>
    public ChipDefinition? Chip => FamilyId is uint id ? ChipCatalog.All.FirstOrDefault(chip => chip.Image.Uf2FamilyId == id) : null;

    /// <summary>Its target: the chip, or another family with this id; null when it does not say.</summary>
    public string? ChipName => FamilyId is not uint id ? null : Chip?.Name ?? (s_others.TryGetValue(id, out string name) ? name : $"the UF2 family 0x{id:X8}");

    /// <summary>The parts, in the order of the file: one for each block numbering and run of consecutive addresses.</summary>
    public IReadOnlyList<ImagePart> Parts { get; }
}
