using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images.Elf;

namespace Esp32Tools.Formats.Images.Build;

/// <summary>Finds the MMU page size of an image.</summary>
internal static class MmuPageChoice
{
    // The image header and a segment header precede the application's description.
    private const int HeadersInFront = ImageHeader.Size + ImageSegment.HeaderSize;

    /// <summary>The page size, in bytes.</summary>
    /// <param name="asked">The requested size; null for none.</param>
    /// <param name="elf">The ELF file; its application description may name the size.</param>
    /// <param name="chip">The chip.</param>
    /// <param name="warnings">Receives warnings.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.ValueInvalid"/>: the chip has no such page size.</exception>
    public static int Choose(int? asked, ElfFile elf, ChipDefinition chip, ICollection<string> warnings)
    {
        bool isFixed = chip.Image.MmuPageSizes.Count == 1;
        if (asked is int size)
        {
            if (isFixed && size != chip.Image.MmuPageSizes[0])
            {
                warnings.Add($"The MMU pages of the {chip.Name} have {Name(chip.Image.MmuPageSizes[0])}; the named size is not used.");
                return chip.Image.MmuPageSizes[0];
            }

            return Require(size, chip);
        }

        ElfSection? description = elf.Sections.FirstOrDefault(section => section.Name.Contains(AppDescriptor.SectionName));
        return isFixed || description is null || !BuildSegment.IsMapped(description.Address, chip)
            ? ImageFacts.DefaultMmuPageSize
            : Choose(description, chip, warnings);
    }

    private static int Choose(ElfSection section, ChipDefinition chip, ICollection<string> warnings)
    {
        if (AppDescriptor.Find(section.Data, 0, section.Data.Length) is not { } description)
        {
            return ImageFacts.DefaultMmuPageSize;
        }

        if (description.HasMmuPageSize)
        {
            return Require(description.MmuPageSize, chip);
        }

        // Builds before ESP-IDF 5.4 do not name it, but the description comes right after the start of a page.
        int found = chip.Image.MmuPageSizes.LastOrDefault(size => (section.Address - HeadersInFront) % size == 0);
        if (found == 0)
        {
            warnings.Add("The application's description is not at the start of an MMU page of any size, so the size is not known; 64 KB is taken.");
        }

        return found == 0 ? ImageFacts.DefaultMmuPageSize : found;
    }

    private static int Require(int size, ChipDefinition chip) => chip.Image.MmuPageSizes.Contains(size) ? size : throw new InputException(
        ErrorCode.ValueInvalid,
        $"The {chip.Name} has no MMU pages of 0x{size:X} bytes.",
        $"It has pages of {string.Join(", ", chip.Image.MmuPageSizes.Select(Name))}.");

    private static string Name(int size) => $"{size >> 10} KB";
}
