using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images;

namespace Esp32Tools.Formats.Layout;

/// <summary>Checks whether the data at a place where the chip reads an image is one, and otherwise tells its kind.</summary>
internal static class ImagePlace
{
    /// <summary>Checks a place. Blank flash is no finding here, and an image reports its own damage.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="name">Name of the bytes in messages.</param>
    /// <param name="bytes">The bytes, from the place on.</param>
    /// <param name="reason">The reason why an image has to be there, as the end of a sentence.</param>
    /// <param name="code">The code for data that is not an image at all.</param>
    public static LayoutFinding? Look(ChipDefinition chip, string name, byte[] bytes, string reason, ErrorCode code)
    {
        if (FirmwareImage.LooksLikeImage(bytes) || ContentKind.BeginsBlank(bytes))
        {
            return null;
        }

        if (Esp8266Image.LooksLike(bytes))
        {
            return ForEsp8266(chip, name);
        }

        if (bytes[0] == ImageHeader.Magic && !IsNoiseByChance(bytes))
        {
            return bytes.Length < ImageHeader.Size
                ? new LayoutFinding(ErrorCode.ImageTruncated, $"{name} begins as an image does and ends within its header; {reason}.", "Copy or build it again.", name)
                : new LayoutFinding(ErrorCode.ImageInvalid, $"{name} begins as an image does, and its header is that of none; {reason}.", "Copy or build it again.", name);
        }

        if (ContentKind.Of(bytes) is { } kind)
        {
            return new LayoutFinding(code, $"{name} is {kind}, and no image; {reason}.", "Give the image that the build made; a download may be a page or an archive instead.", name);
        }

        return ContentKind.IsNoise(bytes)
            ? new LayoutFinding(code, $"{name} cannot be read as an image; {reason}.", "It is right only if it is encrypted for this chip.", name) { IsWarning = true }
            : new LayoutFinding(code, $"{name} begins with 0x{bytes[0]:X2} and is no image; {reason}.", "Check the file and its address.", name);
    }

    // Encrypted data may begin with any byte, but names a chip that does not exist.
    private static bool IsNoiseByChance(byte[] bytes) =>
        ContentKind.IsNoise(bytes) && ChipCatalog.ByImageChipId(ImageHeader.Read(bytes).ChipId) is null;

    /// <summary>The finding for an image for the ESP8266.</summary>
    public static LayoutFinding ForEsp8266(ChipDefinition chip, string name) => new(
        ErrorCode.ImageForOtherChip,
        $"{name} was built for the {Esp8266Image.Chip}, and the chip is an {chip.Name}.",
        $"Build it for the target {chip.Key}.",
        name);
}
