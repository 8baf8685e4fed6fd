using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Images;

/// <summary>
/// Flash settings to put into the header of a bootloader before it is written. The ROM reads them there, so only the
/// bootloader's header matters. Null keeps the setting of the image.
/// </summary>
public sealed class ImageHeaderPatch
{
    /// <summary>Flash mode by the chip's name for it, such as <c>dio</c>; null keeps it.</summary>
    public string? FlashMode { get; init; }

    /// <summary>Flash frequency by the chip's name for it, such as <c>80m</c>; null keeps it.</summary>
    public string? FlashFrequency { get; init; }

    /// <summary>Flash size by the chip's name for it, such as <c>4MB</c>; null keeps it.</summary>
    public string? FlashSize { get; init; }

    /// <summary>True when there is nothing to change.</summary>
    public bool IsEmpty => FlashMode is null && FlashFrequency is null && FlashSize is null;

    /// <summary>The image header's name for a flash of this many bytes; null when the chip's headers have none.</summary>
    public static string? FlashSizeName(long bytes, ChipDefinition chip)
    {
        const int MB = 1024 * 1024;
        string name = $"{bytes / MB}MB";
        return bytes > 0 && bytes % MB == 0 && chip.Image.FlashSizes.ContainsKey(name) ? name : null;
    }

    /// <summary>Throws when the chip's headers have no such mode, frequency or size.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.ValueInvalid"/></exception>
    public void Validate(ChipDefinition chip) => Change(new ImageHeader(), chip);

    /// <summary>
    /// Puts the settings into data to be written to an address of a chip, if it contains an intact, unsigned image for that
    /// chip at the bootloader's address, at its beginning or inside it. Changes the settings and the SHA-256 after the image,
    /// and no other byte.
    /// </summary>
    /// <param name="image">The data to write; not changed.</param>
    /// <param name="address">Its flash address.</param>
    /// <param name="chip">The chip.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.ValueInvalid"/>: the chip's headers have no such setting.</exception>
    public PatchedImage Apply(byte[] image, uint address, ChipDefinition chip)
    {
        var same = new PatchedImage(image, IsChanged: false, Reason: null);
        long front = (long)chip.Image.BootloaderOffset - address;
        if (IsEmpty || front < 0 || (front > 0 && front >= image.Length))
        {
            return same;
        }

        return front == 0 ? Apply(image, chip) : ApplyInside(image, (int)front, chip);
    }

    // A combined image: erased flash, then the bootloader.
    private PatchedImage ApplyInside(byte[] image, int front, ChipDefinition chip)
    {
        for (int i = 0; i < front; i++)
        {
            if (image[i] != 0xFF)
            {
                return new PatchedImage(image, IsChanged: false, $"Data before the bootloader at 0x{chip.Image.BootloaderOffset:X} may depend on it.");
            }
        }

        var bootloader = new byte[image.Length - front];
        Buffer.BlockCopy(image, front, bootloader, 0, bootloader.Length);
        PatchedImage inner = Apply(bootloader, chip);
        if (!inner.IsChanged)
        {
            return inner with { Data = image };
        }

        byte[] patched = (byte[])image.Clone();
        inner.Data.CopyTo(patched, front);
        return inner with { Data = patched };
    }

    private PatchedImage Apply(byte[] image, ChipDefinition chip)
    {
        var same = new PatchedImage(image, IsChanged: false, Reason: null);
        FirmwareImage parsed;
        try
        {
            parsed = FirmwareImage.Parse(image);
        }
        catch (InputException exception)
        {
            return same with { Reason = exception.Message };
        }

        if (ReasonAgainst(parsed, chip) is { } reason)
        {
            return same with { Reason = reason };
        }

        ImageHeader header = Change(parsed.Header, chip);
        if (header == parsed.Header)
        {
            return same;
        }

        byte[] patched = (byte[])image.Clone();
        header.WriteTo(patched);
        if (header.HasHash)
        {
            int covered = parsed.Length - FirmwareImage.HashLength;
            ImageReader.HashOf(patched, covered).CopyTo(patched, covered);
        }

        return new PatchedImage(patched, IsChanged: true, Reason: null);
    }

    private static string? ReasonAgainst(FirmwareImage image, ChipDefinition chip)
    {
        if (image.Header.ChipId != chip.ImageChipId)
        {
            return $"The image was built for {image.Chip?.Name ?? $"a chip with the id {image.Header.ChipId}"}.";
        }

        if (image.Damage is { } damage)
        {
            return $"The image {damage}.";
        }

        return image.HasSignatureBlock ? "The image is signed, and the signature covers the flash settings." : null;
    }

    /// <summary>A header with the settings.</summary>
    internal ImageHeader Change(ImageHeader header, ChipDefinition chip) => header with
    {
        FlashMode = CodeOf("flash mode", FlashMode, chip.Image.FlashModes, chip) ?? header.FlashMode,
        FlashFrequency = CodeOf("flash frequency", FlashFrequency, chip.Image.FlashFrequencies, chip) ?? header.FlashFrequency,
        FlashSize = CodeOf("flash size", FlashSize, chip.Image.FlashSizes, chip) ?? header.FlashSize,
    };

    private static byte? CodeOf(string what, string? name, IReadOnlyDictionary<string, byte> codes, ChipDefinition chip)
    {
        if (name is null)
        {
            return null;
        }

        foreach (KeyValuePair<string, byte> code in codes)
        {
            if (string.Equals(code.Key, name, StringComparison.OrdinalIgnoreCase))
            {
                return code.Value;
            }
        }

        throw new InputException(
            ErrorCode.ValueInvalid,
            $"An image header of the {chip.Name} has no {what} '{name}'.",
            $"It has {string.Join(", ", codes.Keys.OrderBy(key => codes[key]))}.")
        { Target = name };
    }
}
