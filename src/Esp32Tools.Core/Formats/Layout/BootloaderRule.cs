using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images;

namespace Esp32Tools.Formats.Layout;

/// <summary>The ROM reads the data at the chip's bootloader offset as an image, and starts nothing else.</summary>
internal static class BootloaderRule
{
    private const uint UsualTable = Partitions.PartitionTableOptions.DefaultTableOffset;

    public static IEnumerable<LayoutFinding> Look(FlashSet set)
    {
        uint place = set.Chip.Image.BootloaderOffset;
        foreach (SetPart part in set.Parts.Where(part => !part.IsOpaque))
        {
            LayoutFinding? finding = part.Covers(place) ? LookAtPlace(set.Chip, part, place) : LookBeside(set.Chip, part, place);
            if (finding is not null)
            {
                yield return finding;
            }
        }
    }

    private static LayoutFinding? LookAtPlace(ChipDefinition chip, SetPart part, uint place)
    {
        byte[] bytes = part.From(place);
        if (FirmwareImage.LooksLikeImage(bytes))
        {
            return FirmwareImage.Inspect(bytes, part.Name).App is null ? null : new LayoutFinding(
                ErrorCode.ImageMisplaced,
                $"{part.NameAt(place)} is an application, where the {chip.Name} looks for its bootloader.",
                "It starts there only if it was built to start without a bootloader.",
                part.Name)
            { IsWarning = true };
        }

        // The beginning of a whole file tells best which kind it is.
        bool isBlank = ContentKind.BeginsBlank(bytes);
        LayoutFinding? finding = part.Address < place ? Begins(chip, part, place) : null;
        if ((finding ?? (isBlank || part.Address < place ? OtherPlace(chip, part, place) : null)) is { } whole)
        {
            return whole;
        }

        return isBlank
            ? new LayoutFinding(
                ErrorCode.NotAnImage,
                $"{part.NameAt(place)} is blank, where the {chip.Name} looks for its bootloader: it will not start.",
                "Write a bootloader there.",
                part.Name)
            { IsWarning = true }
            : ImagePlace.Look(chip, part.NameAt(place), bytes, Reason(chip, place), ErrorCode.NotAnImage);
    }

    // The area of the bootloader alone and, on the ESP32, of the secure boot digest.
    private static LayoutFinding? LookBeside(ChipDefinition chip, SetPart part, uint place)
    {
        if (part.Address < place)
        {
            return Begins(chip, part, place);
        }

        return part.Address < UsualTable && FirmwareImage.LooksLikeImage(part.Data) && FirmwareImage.Inspect(part.Data).Bootloader is not null
            ? Misplaced(chip, part, part.Address, place)
            : null;
    }

    // The beginning of a file that begins before the bootloader's address: a secure boot v1 digest is random there.
    private static LayoutFinding? Begins(ChipDefinition chip, SetPart part, uint place) =>
        FirmwareImage.LooksLikeImage(part.Data) ? Misplaced(chip, part, part.Address, place)
        : ContentKind.Of(part.Data) is not null && part.Data.Any(value => value != part.Data[0])
            ? ImagePlace.Look(chip, part.Name, part.Data, Reason(chip, place), ErrorCode.NotAnImage)
            : null;

    // A combined image for another chip has its bootloader at that chip's offset.
    private static LayoutFinding? OtherPlace(ChipDefinition chip, SetPart part, uint place)
    {
        foreach (uint other in ChipCatalog.All.Select(known => known.Image.BootloaderOffset).Distinct().Where(other => other != place && part.Covers(other)))
        {
            if (FlashSet.ImageAt(part, other) is { } image)
            {
                return image.Header.ChipId == chip.ImageChipId
                    ? Misplaced(chip, part, other, place)
                    : ForOther(chip, part, other, image);
            }
        }

        return null;
    }

    private static LayoutFinding Misplaced(ChipDefinition chip, SetPart part, uint at, uint place)
    {
        FirmwareImage? image = FlashSet.ImageAt(part, at);
        return image is not null && image.Header.ChipId != chip.ImageChipId ? ForOther(chip, part, at, image) : new LayoutFinding(
            ErrorCode.ImageMisplaced,
            $"{part.Name} has an image at 0x{at:X}, and the {chip.Name} looks for its bootloader at 0x{place:X}.",
            $"Write a bootloader at 0x{place:X}.",
            part.Name);
    }

    private static LayoutFinding ForOther(ChipDefinition chip, SetPart part, uint at, FirmwareImage image) => new(
        ErrorCode.ImageForOtherChip,
        $"{part.Name} has a bootloader at 0x{at:X} that was built for {image.Chip?.Name ?? $"a chip with the id {image.Header.ChipId}"}, and the chip is an {chip.Name}.",
        $"Build it for the target {chip.Key}, or connect the chip that it was built for.",
        part.Name);

    private static string Reason(ChipDefinition chip, uint place) => $"the {chip.Name} looks for its bootloader at 0x{place:X}";
}
