using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Images;

/// <summary>
/// An application or bootloader image.
/// <code>
/// header 24 | segments | zeros up to 15 mod 16 | checksum 1 | SHA-256 of all before it, 32 (if the header says so) | anything
/// </code>
/// A wrong checksum or digest is a property of the image, not an error; <see cref="EnsureIntact"/> makes it one.
/// Source: ESP-IDF, esp_image_format.c.
/// </summary>
public sealed class FirmwareImage
{
    internal const int HashLength = 32;
    internal const byte ChecksumSeed = 0xEF;

    internal FirmwareImage(string? source, ImageHeader header, IReadOnlyList<ImageSegment> segments)
    {
        Source = source;
        Header = header;
        Segments = segments;
        Chip = ChipCatalog.ByImageChipId(header.ChipId);
    }

    /// <summary>Its origin: a path, or null.</summary>
    public string? Source { get; }

    /// <summary>The header.</summary>
    public ImageHeader Header { get; }

    /// <summary>The chip it was built for; null when the catalogue has no chip with the id in the header.</summary>
    public ChipDefinition? Chip { get; }

    /// <summary>The segments, in the order they have in the image.</summary>
    public IReadOnlyList<ImageSegment> Segments { get; }

    /// <summary>
    /// Size of the image in bytes, with its digest and without any data after it; of a truncated image, the known size.
    /// </summary>
    public int Length { get; internal init; }

    /// <summary>The checksum in the image; null when the image ends before it.</summary>
    public byte? StoredChecksum { get; internal init; }

    /// <summary>The checksum computed from its data, as far as the data is present.</summary>
    public byte ComputedChecksum { get; internal init; }

    /// <summary>True when the checksum is right.</summary>
    public bool IsChecksumValid => StoredChecksum == ComputedChecksum;

    /// <summary>The SHA-256 in the image, as lowercase hexadecimal; null when the image has none, or ends before it.</summary>
    public string? StoredHash { get; internal init; }

    /// <summary>The SHA-256 computed from the image, as lowercase hexadecimal; null when it has none to compare with.</summary>
    public string? ComputedHash { get; internal init; }

    /// <summary>True when the digest is right, null when the image has none.</summary>
    public bool? IsHashValid => Header.HasHash ? StoredHash is not null && StoredHash == ComputedHash : null;

    /// <summary>True when a secure boot v2 signature sector follows the image.</summary>
    public bool HasSignatureBlock { get; internal init; }

    /// <summary>The application's description; null when it has none.</summary>
    public AppDescriptor? App { get; internal init; }

    /// <summary>The bootloader's description; null when it has none.</summary>
    public BootloaderDescriptor? Bootloader { get; internal init; }

    /// <summary>Flash mode by name, such as <c>dio</c>; null when the chip or the code is unknown.</summary>
    public string? FlashMode => NameOf(Chip?.Image.FlashModes, Header.FlashMode);

    /// <summary>Flash frequency by name, such as <c>80m</c>; null when the chip or the code is unknown.</summary>
    public string? FlashFrequency => NameOf(Chip?.Image.FlashFrequencies, Header.FlashFrequency);

    /// <summary>Flash size by name, such as <c>4MB</c>; null when the chip or the code is unknown.</summary>
    public string? FlashSize => NameOf(Chip?.Image.FlashSizes, Header.FlashSize);

    /// <summary>True when it has no defect.</summary>
    public bool IsIntact => Damage is null;

    /// <summary>The defect, as the end of a sentence; null for none.</summary>
    public string? Damage => Defect is { } defect ? defect
        : !IsChecksumValid ? $"has the checksum 0x{StoredChecksum:X2}, and its data the checksum 0x{ComputedChecksum:X2}"
        : IsHashValid == false ? "has a SHA-256 that is not that of its data" : null;

    /// <summary>Kind of the damage; null for none.</summary>
    public ErrorCode? DamageCode => Damage is null ? null : Defect is null ? ErrorCode.ImageInvalid : DefectCode;

    /// <summary>The reason why it could not be read to its end, as the end of a sentence; null for none.</summary>
    internal string? Defect { get; init; }

    /// <summary>The kind of <see cref="Defect"/>.</summary>
    internal ErrorCode DefectCode { get; init; }

    /// <summary>Reads an image. Bytes after it are ignored.</summary>
    /// <param name="bytes">The image, from its first byte.</param>
    /// <param name="source">Its origin, for messages: a path; null for none.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.ImageEmpty"/>: there are no bytes. <see cref="ErrorCode.ImageTruncated"/>: it is shorter than its
    /// header says. <see cref="ErrorCode.ImageInvalid"/>: it is not an image. <see cref="ErrorCode.ImageForOtherChip"/>: it is
    /// an image for the ESP8266.
    /// </exception>
    public static FirmwareImage Parse(byte[] bytes, string? source = null) => new ImageReader(bytes, source).Read();

    /// <summary>
    /// Reads an image as far as it is present. <see cref="Damage"/> reports its defects; only data without a complete header is
    /// refused.
    /// </summary>
    /// <param name="bytes">The image, from its first byte.</param>
    /// <param name="source">Its origin, for messages: a path; null for none.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.ImageEmpty"/>: there are no bytes. <see cref="ErrorCode.ImageTruncated"/>: fewer bytes than a
    /// header has.
    /// <see cref="ErrorCode.ImageInvalid"/>: it does not begin like an image. <see cref="ErrorCode.ImageForOtherChip"/>: it is
    /// an image for the ESP8266.
    /// </exception>
    public static FirmwareImage Inspect(byte[] bytes, string? source = null) => new ImageReader(bytes, source).Inspect();

    /// <summary>
    /// True when the bytes begin like an image. The magic alone would match one data file in 256, so the fields with few valid
    /// values are checked as well.
    /// </summary>
    public static bool LooksLikeImage(byte[] bytes) =>
        bytes.Length >= ImageHeader.Size
        && bytes[0] == ImageHeader.Magic
        && bytes[1] is >= 1 and <= ImageHeader.MaxSegments
        && bytes[2] <= 0x0F
        && bytes[23] <= 1;

    /// <summary>Throws when it has a defect.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.ImageInvalid"/>, <see cref="ErrorCode.ImageTruncated"/></exception>
    public void EnsureIntact()
    {
        if (Damage is { } damage)
        {
            throw new InputException(
                DamageCode!.Value,
                $"{Subject(Source)} {damage}.",
                "The image was damaged after it was built; build it or copy it again.")
            { Target = Source };
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Chip?.Name ?? $"chip {Header.ChipId}"} image, {Length} bytes";

    /// <summary>Name of the image in messages.</summary>
    internal static string Subject(string? source) => source is null ? "The image" : $"The image '{source}'";

    private static string? NameOf(IReadOnlyDictionary<string, byte>? names, byte code) =>
        names?.Where(pair => pair.Value == code).Select(pair => pair.Key).FirstOrDefault();
}
