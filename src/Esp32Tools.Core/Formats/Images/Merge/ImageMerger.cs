using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images.Containers;
using Esp32Tools.Formats.Layout;

namespace Esp32Tools.Formats.Images.Merge;

/// <summary>Merges many files into one: bootloader, partition table, application and data.</summary>
public static class ImageMerger
{
    /// <summary>Merges parts.</summary>
    /// <param name="parts">The parts, in any order.</param>
    /// <param name="chip">Their chip.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.ImageEmpty"/>: no parts. <see cref="ErrorCode.ImagesOverlap"/>: two parts use the same sector.
    /// <see cref="ErrorCode.ImageBelowOffset"/>: one begins before the offset. <see cref="ErrorCode.BeyondFlash"/>: one extends
    /// past the last address. <see cref="ErrorCode.ImageInvalid"/>, <see cref="ErrorCode.ImageTruncated"/>,
    /// <see cref="ErrorCode.ImageForOtherChip"/>, and the others of <see cref="RefusalCatalog.ImageMerge"/>: one is damaged, or the
    /// chip would not start with it. <see cref="ErrorCode.ValueInvalid"/>: the chip or the format does not have a setting.
    /// </exception>
    public static MergedImage Merge(IEnumerable<ImagePart> parts, ChipDefinition chip, MergeOptions? options = null)
    {
        options ??= new MergeOptions();
        options.Header.Validate(chip);
        ImagePart[] sorted = [.. parts.OrderBy(part => part.Address)];
        RequirePlaces(sorted, options.TargetOffset);
        List<string> warnings = [];
        ImagePart[] patched = [.. sorted.Select(part => Patch(part, chip, options.Header, warnings))];
        warnings.AddRange(Look(sorted, patched, chip, new Refusals(RefusalCatalog.ImageMerge, options.Allow)));
        byte[] data = options.Format switch
        {
            MergeFormat.IntelHex => IntelHex.Write(patched),
            MergeFormat.Uf2 => Uf2.Write(patched, chip.Image.Uf2FamilyId, options.Uf2),
            _ => Join(patched, options),
        };
        if (options.Format != MergeFormat.Raw && options.PadToSize is not null)
        {
            warnings.Add("Only a raw image is filled up to a size; this one says itself where its bytes go.");
        }

        return new MergedImage(data, warnings);
    }

    private static void RequirePlaces(ImagePart[] sorted, uint targetOffset)
    {
        if (sorted.Length == 0)
        {
            throw new InputException(ErrorCode.ImageEmpty, "There is nothing to merge.", "Name at least one file and its address.");
        }

        if (sorted[0].Address < targetOffset)
        {
            throw new InputException(
                ErrorCode.ImageBelowOffset,
                $"{sorted[0]} lies in front of 0x{targetOffset:X}, where the merged image is to begin.",
                "Lower the offset, or leave the part out.")
            { Target = sorted[0].Name };
        }

        for (int i = 1; i < sorted.Length; i++)
        {
            ImagePart lower = sorted[i - 1];
            ImagePart upper = sorted[i];
            if (FlashLayout.Ceiling(lower.End) > FlashLayout.Floor(upper.Address))
            {
                throw new InputException(
                    ErrorCode.ImagesOverlap,
                    $"{lower.Name} (0x{lower.Address:X} to 0x{lower.End:X}) and {upper.Name} (from 0x{upper.Address:X}) share a sector of 4096 bytes.",
                    "Check the addresses; a sector can be erased only as a whole.")
                { Target = upper.Name };
            }
        }

        ImagePart last = sorted[sorted.Length - 1];
        if (last.End > 1L << 32)
        {
            throw new InputException(
                ErrorCode.BeyondFlash, $"{last} ends at 0x{last.End:X}, past the last address of 32 bits.", "Check the address.")
            { Target = last.Name };
        }
    }

    // As the chip will read it, with the new settings in the header; returns findings that may be intended.
    private static IReadOnlyList<string> Look(ImagePart[] parts, ImagePart[] patched, ChipDefinition chip, Refusals refusals)
    {
        foreach (ImagePart part in parts.Where(part => FirmwareImage.LooksLikeImage(part.Data)))
        {
            RequireFit(part, chip, refusals);
        }

        FlashSet set = new(chip, patched.Select(part => new SetPart(part.Name, part.Address, part.Data)));
        foreach (ImagePart inner in set.InnerImages())
        {
            RequireFit(inner, chip, refusals);
        }

        IReadOnlyList<LayoutFinding> findings = LayoutRules.Look(set);
        foreach (LayoutFinding finding in findings.Where(finding => !finding.IsWarning))
        {
            refusals.Refuse(finding.ToException());
        }

        return [.. findings.Where(finding => finding.IsWarning).Select(finding => finding.ToString())];
    }

    private static void RequireFit(ImagePart part, ChipDefinition chip, Refusals refusals)
    {
        FirmwareImage? image = null;
        refusals.Check(() => image = FirmwareImage.Parse(part.Data, part.Name));
        if (image is not null)
        {
            refusals.Check(() => ImageCheck.EnsureChip(image, chip));
            refusals.Check(image.EnsureIntact);
        }
    }

    private static ImagePart Patch(ImagePart part, ChipDefinition chip, ImageHeaderPatch header, List<string> warnings)
    {
        PatchedImage patched = header.Apply(part.Data, part.Address, chip);
        if (patched.Reason is not null)
        {
            warnings.Add($"{part.Name}: the flash settings in its header were left as they are. {patched.Reason}");
        }

        return part with { Data = patched.Data };
    }

    private static byte[] Join(ImagePart[] sorted, MergeOptions options)
    {
        long end = Math.Max(sorted[sorted.Length - 1].End, options.PadToSize ?? 0);
        if (end - options.TargetOffset > FlashLayout.Largest)
        {
            throw new InputException(
                ErrorCode.BeyondFlash,
                $"A raw image from 0x{options.TargetOffset:X} to 0x{end:X} is larger than any flash.",
                "Check the addresses, or write a format without the gaps.");
        }

        var data = new byte[end - options.TargetOffset];
        long filled = 0;
        foreach (ImagePart part in sorted)
        {
            Fill(data, filled, part.Address - (long)options.TargetOffset);
            part.Data.CopyTo(data, part.Address - (long)options.TargetOffset);
            filled = part.End - options.TargetOffset;
        }

        Fill(data, filled, data.Length);
        return data;
    }

    private static void Fill(byte[] data, long start, long end)
    {
        for (long i = start; i < end; i++)
        {
            data[i] = 0xFF;
        }
    }
}
