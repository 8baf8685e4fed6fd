using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;

namespace Esp32Tools.Formats.Images.Formats;

/// <summary>What a UF2 file holds.</summary>
public sealed class Uf2File
{
    internal Uf2File(uint? familyId, IReadOnlyList<ImagePart> parts)
    {
        FamilyId = familyId;
        Parts = parts;
    }

    /// <summary>Family id of the chip that it is for; null when it does not say.</summary>
    public uint? FamilyId { get; }

    /// <summary>The chip that it is for; null when it does not say, or the catalogue has none with the family id.</summary>
    public ChipDefinition? Chip => FamilyId is uint id ? ChipCatalog.All.FirstOrDefault(chip => chip.Image.Uf2FamilyId == id) : null;

    /// <summary>The parts, in the order of the file: one for each numbering and run of consecutive addresses.</summary>
    public IReadOnlyList<ImagePart> Parts { get; }
}
