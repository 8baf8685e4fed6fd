using System.Globalization;
using Esp32Tools.Chips;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Images;

/// <summary>Checks whether an image can run on a given chip. Source: ESP-IDF, bootloader_common_loader.c.</summary>
public static class ImageCheck
{
    /// <summary>Throws when the image was built for another chip.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.ImageForOtherChip"/></exception>
    public static void EnsureChip(FirmwareImage image, ChipDefinition chip)
    {
        if (image.Header.ChipId != chip.ImageChipId)
        {
            string built = image.Chip?.Name ?? $"a chip with the id {image.Header.ChipId}";
            throw new InputException(
                ErrorCode.ImageForOtherChip,
                $"{FirmwareImage.Subject(image.Source)} was built for {built}, and the chip is an {chip.Name}.",
                $"Build it for the target {chip.Key}, or connect the chip that it was built for.")
            { Target = image.Source };
        }
    }

    /// <summary>Throws when the image does not run on this revision of the chip.</summary>
    /// <param name="image">The image.</param>
    /// <param name="chip">The chip that the image was built for.</param>
    /// <param name="revision">Its revision, major * 100 + minor.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.ImageRevision"/></exception>
    public static void EnsureRevision(FirmwareImage image, ChipDefinition chip, int revision)
    {
        if (RunsOn(image.Header, chip, revision))
        {
            return;
        }

        throw new InputException(
            ErrorCode.ImageRevision,
            $"{FirmwareImage.Subject(image.Source)} needs an {chip.Name} of {Range(image.Header, chip)}, and the chip has revision {Name(revision)}.",
            "Build it for this revision: ESP-IDF has the minimum and the maximum in its configuration.")
        { Target = image.Source };
    }

    /// <summary>True when an image with this header runs on this revision of its chip.</summary>
    /// <param name="header">The header.</param>
    /// <param name="chip">The chip that the image was built for.</param>
    /// <param name="revision">Revision of the device's chip, major * 100 + minor.</param>
    public static bool RunsOn(ImageHeader header, ChipDefinition chip, int revision)
    {
        if (UsesLegacyRevision(header))
        {
            int part = chip.Image.LegacyRevisionIsMinor ? revision % 100 : revision / 100;
            return part >= header.LegacyMinRevision;
        }

        return revision >= header.MinRevision && revision <= header.MaxRevision;
    }

    // Images that predate the full revisions have zeros there, or an open range from a tool that did not know them.
    private static bool UsesLegacyRevision(ImageHeader header) =>
        header.MaxRevision == 0
        || (header.MaxRevision == ImageHeader.NoMaxRevision && header.MinRevision == 0 && header.LegacyMinRevision != 0);

    private static string Range(ImageHeader header, ChipDefinition chip)
    {
        if (UsesLegacyRevision(header))
        {
            return $"{(chip.Image.LegacyRevisionIsMinor ? "minor" : "major")} revision {header.LegacyMinRevision} or later";
        }

        return header.MaxRevision == ImageHeader.NoMaxRevision
            ? $"revision {Name(header.MinRevision)} or later"
            : $"revision {Name(header.MinRevision)} to {Name(header.MaxRevision)}";
    }

    private static string Name(int revision) => string.Format(CultureInfo.InvariantCulture, "{0}.{1}", revision / 100, revision % 100);
}
