using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images.Elf;

namespace Esp32Tools.Formats.Images.Build;

/// <summary>Makes application and bootloader images from ELF files. Source: ESP-IDF, esp_image_format.c and the linker scripts.</summary>
public static class ImageBuilder
{
    /// <summary>Makes an image.</summary>
    /// <param name="elf">The ELF file.</param>
    /// <param name="chip">The chip that the image is for.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.ValueInvalid"/>: the chip has no such flash setting or MMU page size.
    /// <see cref="ErrorCode.SettingsConflict"/>: secure padding without the digest it needs.
    /// <see cref="ErrorCode.ElfInvalid"/>: there is nothing to load. <see cref="ErrorCode.SegmentsShareFlashPage"/>,
    /// <see cref="ErrorCode.SegmentLimit"/>, <see cref="ErrorCode.Misaligned"/>: a chip could not load the image.
    /// <see cref="ErrorCode.DigestPlaceTaken"/>: the place for the ELF file's digest is not free.
    /// </exception>
    public static BuiltImage Build(ElfFile elf, ChipDefinition chip, ImageBuildOptions? options = null)
    {
        options ??= new ImageBuildOptions();
        List<string> warnings = [];
        ImageHeader header = Header(elf, chip, options);
        int pageSize = MmuPageChoice.Choose(options.MmuPageSize, elf, chip, warnings);
        SecurePadding padding = Padding(chip, options, header.HasHash, warnings);
        if (elf.Machine != chip.Image.ElfMachine)
        {
            warnings.Add($"The ELF file is for another kind of processor than that of the {chip.Name}: the image will not run on it.");
        }

        IReadOnlyList<ElfSection> sections = options.UseSegments ? elf.Segments : elf.Sections;
        uint? hashOffset = options.ElfHashOffset is null or 0 ? DescribedHashOffset(sections, chip) : options.ElfHashOffset;
        var writer = new ImageWriter(hashOffset is null ? null : elf.ComputeHash(), hashOffset ?? 0);
        var layout = new ImageLayout(Merge(elf, sections, chip, options.RamOnlyHeader), chip, pageSize, writer);
        writer.WriteHeader(header);
        int seen = options.RamOnlyHeader ? layout.WriteRamFirst() : layout.WriteAll(padding);
        if (hashOffset is uint place && !writer.HasElfHash)
        {
            warnings.Add($"No segment covers 0x{place:X} of the image, so the digest of the ELF file is not in it.");
        }

        RequireCount(seen);
        writer.WriteHeader(header with { SegmentCount = (byte)seen });
        if (header.HasHash)
        {
            writer.WriteHash();
        }

        if (options.PadToSize is int size)
        {
            writer.PadTo(RequireStep(size));
        }

        return new BuiltImage(writer.ToArray(), warnings);
    }

    private static ImageHeader Header(ElfFile elf, ChipDefinition chip, ImageBuildOptions options)
    {
        var settings = new ImageHeaderPatch
        {
            FlashMode = options.FlashMode,
            FlashFrequency = options.FlashFrequency,
            FlashSize = options.FlashSize,
        };
        return settings.Change(new ImageHeader(), chip) with
        {
            EntryPoint = elf.EntryPoint,
            ChipId = (ushort)chip.ImageChipId,
            LegacyMinRevision = options.LegacyMinRevision,
            MinRevision = options.MinRevision,
            MaxRevision = options.MaxRevision,
            HashAppended = (byte)(options.AppendHash && !options.RamOnlyHeader ? 1 : 0),
        };
    }

    private static SecurePadding Padding(ChipDefinition chip, ImageBuildOptions options, bool hasHash, List<string> warnings)
    {
        if (options.SecurePadding == SecurePadding.V1 && !chip.Efuse.Has(EfuseRole.SecureBootV1Enable))
        {
            warnings.Add($"The {chip.Name} has no secure boot v1; the image is not padded for it.");
            return SecurePadding.None;
        }

        return options.SecurePadding == SecurePadding.None || hasHash ? options.SecurePadding : throw new InputException(
            ErrorCode.SettingsConflict,
            "An image is padded for a signature only when its SHA-256 is appended.",
            "Have the digest appended, or leave the padding out.");
    }

    // The digest's offset in the description; it is the same in every application that runs from flash.
    private static uint? DescribedHashOffset(IEnumerable<ElfSection> sections, ChipDefinition chip) =>
        sections.FirstOrDefault(section => section.Name.Contains(AppDescriptor.SectionName)) is { } description
        && BuildSegment.IsMapped(description.Address, chip)
            ? AppDescriptor.ElfHashOffsetInImage
            : null;

    private static IReadOnlyList<BuildSegment> Merge(ElfFile elf, IReadOnlyList<ElfSection> sections, ChipDefinition chip, bool ramFirst)
    {
        if (sections.Count == 0)
        {
            throw new InputException(
                ErrorCode.ElfInvalid,
                $"The ELF file{(elf.Source is null ? string.Empty : $" '{elf.Source}'")} has nothing in it to load.",
                "Give the file that the linker made, and not an object file or debug information.")
            { Target = elf.Source };
        }

        IReadOnlyList<BuildSegment> merged = SegmentMerger.Merge(
            ramFirst ? sections.OrderBy(section => section.Address) : sections, chip, fillsGaps: ramFirst);
        RequireCount(merged.Count);
        return merged;
    }

    private static void RequireCount(int count)
    {
        if (count > ImageHeader.MaxSegments)
        {
            throw new InputException(
                ErrorCode.SegmentLimit,
                $"The image would have {count} segments, and a chip loads {ImageHeader.MaxSegments} at most.",
                "Check the linker script: sections that follow each other without a gap share a segment.");
        }
    }

    private static int RequireStep(int size) => size is > 0 and <= FlashLayout.Largest ? size : throw new InputException(
        ErrorCode.ValueInvalid,
        $"An image cannot be padded to a multiple of {size} bytes; the largest flash has {FlashLayout.SizeText(FlashLayout.Largest)}.",
        "Name a size such as 0x1000.");
}
