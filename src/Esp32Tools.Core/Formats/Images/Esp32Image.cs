using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;
using Esp32Tools.Results;

namespace Esp32Tools.Formats.Images;

/// <summary>
/// An application or bootloader image in a file or on a device. Flat, so that it fits a row of a report; damage is a property
/// here, not an error.
/// </summary>
public sealed class Esp32Image
{
    private readonly FirmwareImage _image;

    private Esp32Image(FirmwareImage image) => _image = image;

    /// <summary>The file; null when it was read from a device.</summary>
    public string? Path { get; private init; }

    /// <summary>The port of the device; null when it was read from a file.</summary>
    public string? PortName { get; private init; }

    /// <summary>Flash address on the device; null when it was read from a file.</summary>
    public uint? Address { get; private init; }

    /// <summary>The chip it was built for; its id, as a number, when the chip is unknown.</summary>
    public string Chip => _image.Chip?.Name ?? $"0x{_image.Header.ChipId:X4}";

    /// <summary>Size of the image with its digest, in bytes.</summary>
    public int Length => _image.Length;

    /// <summary>True when it is complete, and checksum and digest are right.</summary>
    public bool IsIntact => _image.IsIntact;

    /// <summary>The defect, as a full sentence; null for none.</summary>
    public string? Damage => _image.Damage is { } damage ? $"The image {damage}." : null;

    /// <summary>The id of the error that writing it would raise; null when it has no defect.</summary>
    public string? DamageCode => _image.DamageCode?.ToString();

    /// <summary>Address of the first instruction.</summary>
    public uint EntryPoint => _image.Header.EntryPoint;

    /// <summary>The segments, in their order; of a truncated image, those that are present.</summary>
    public ResultList<ImageSegment> Segments => new(_image.Segments);

    /// <summary>Flash mode, such as <c>dio</c>; null when it is not known.</summary>
    public string? FlashMode => _image.FlashMode;

    /// <summary>Flash frequency, such as <c>80m</c>; null when it is not known.</summary>
    public string? FlashFrequency => _image.FlashFrequency;

    /// <summary>Flash size, such as <c>4MB</c>; null when it is not known.</summary>
    public string? FlashSize => _image.FlashSize;

    /// <summary>Lowest silicon revision that runs it.</summary>
    public string MinRevision => RevisionOf(_image.Header.MinRevision);

    /// <summary>Highest silicon revision that runs it; null for no limit.</summary>
    public string? MaxRevision => _image.Header.MaxRevision == ImageHeader.NoMaxRevision ? null : RevisionOf(_image.Header.MaxRevision);

    /// <summary>Lowest revision in the old form: a major or a minor number, depending on the chip.</summary>
    public byte LegacyMinRevision => _image.Header.LegacyMinRevision;

    /// <summary>GPIO of the flash's WP pin; null when the eFuses decide.</summary>
    public byte? WriteProtectPin => _image.Header.WriteProtectPin == ImageHeader.NoWriteProtectPin ? null : _image.Header.WriteProtectPin;

    /// <summary>Drive strength of the flash's pins: clock, Q, D, CS, HD, WP.</summary>
    public ResultList<int> PinDrive => new(_image.Header.PinDrives.Select(drive => (int)drive));

    /// <summary>The checksum in the image; null when the image ends before it.</summary>
    public byte? Checksum => _image.StoredChecksum;

    /// <summary>The checksum computed from its data.</summary>
    public byte ComputedChecksum => _image.ComputedChecksum;

    /// <summary>True when the checksum is right.</summary>
    public bool IsChecksumValid => _image.IsChecksumValid;

    /// <summary>The SHA-256 in the image, as lowercase hexadecimal; null when it has none, or ends before it.</summary>
    public string? Hash => _image.StoredHash;

    /// <summary>The SHA-256 computed from the image; null when it has none to compare with.</summary>
    public string? ComputedHash => _image.ComputedHash;

    /// <summary>True when the digest is right; null when the image has none.</summary>
    public bool? IsHashValid => _image.IsHashValid;

    /// <summary>True when a secure boot v2 signature follows it.</summary>
    public bool IsSigned => _image.HasSignatureBlock;

    /// <summary>Name of the project; null when it is not an application or does not say.</summary>
    public string? ProjectName => App?.ProjectName;

    /// <summary>Version of the application, or of the bootloader; null when it does not say.</summary>
    public string? Version => App?.Version ?? Bootloader?.Version.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Version of ESP-IDF; null when it does not say.</summary>
    public string? IdfVersion => App?.IdfVersion ?? Bootloader?.IdfVersion;

    /// <summary>Date and time of the build in the compiler's format; null when it does not say.</summary>
    public string? CompileTime => App?.CompileTime ?? Bootloader?.CompileTime;

    /// <summary>SHA-256 of the ELF file, as lowercase hexadecimal; null when it does not say.</summary>
    public string? ElfSha256 => App?.ElfSha256;

    /// <summary>Version that anti-rollback compares with the eFuses; null when it does not say.</summary>
    public uint? SecureVersion => App?.SecureVersion ?? Bootloader?.SecureVersion;

    /// <summary>The application's description; null when it has none, or is no application.</summary>
    public AppDescriptor? App => _image.App;

    /// <summary>The bootloader's description; null when it has none, or is no bootloader.</summary>
    public BootloaderDescriptor? Bootloader => _image.Bootloader;

    /// <summary>An image in a file.</summary>
    public static Esp32Image FromFile(FirmwareImage image, string path) => new(image) { Path = path };

    /// <summary>An image in the flash of a device.</summary>
    public static Esp32Image FromDevice(FirmwareImage image, string portName, uint address) =>
        new(image) { PortName = portName, Address = address };

    /// <inheritdoc/>
    public override string ToString() => _image.ToString();

    private static string RevisionOf(int revision) => FormattableString.Invariant($"{revision / 100}.{revision % 100}");
}
