using System;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Results;

namespace Esp32Tools.Devices;

/// <summary>
/// A description of one device: chip, part, addresses, flash, and protection. Flat, so that it fits a row of a report.
/// Unknown values are null: nearly all in secure download mode, the flash where none answers.
/// </summary>
public sealed record Esp32DeviceInfo
{
    /// <summary>The port of the device.</summary>
    public required string PortName { get; init; }

    /// <summary>The chip, such as <c>ESP32-C3</c>.</summary>
    public required string Chip { get; init; }

    /// <summary>The part, such as <c>ESP32-D0WD-V3</c>.</summary>
    public string? Package { get; init; }

    /// <summary>Silicon revision, such as 3.1.</summary>
    public string? Revision { get; init; }

    /// <summary>The features of the part.</summary>
    public ResultList<string>? Features { get; init; }

    /// <summary>Crystal frequency in MHz.</summary>
    public int? CrystalMHz { get; init; }

    /// <summary>Factory MAC, such as <c>24:0a:c4:12:34:56</c>.</summary>
    public string? Mac { get; init; }

    /// <summary>False when the MAC does not match its check value, or is all zeros; null on chips that store no check value.</summary>
    public bool? IsMacIntact { get; init; }

    /// <summary>The MAC as an EUI-64, such as <c>60:55:f9:ff:fe:f7:2c:a2</c>; null on chips without one.</summary>
    public string? Eui64 { get; init; }

    /// <summary>Flash in the package, according to eFuse; null where there is none.</summary>
    public EmbeddedMemory? EmbeddedFlash { get; init; }

    /// <summary>PSRAM in the package, according to eFuse; null where there is none.</summary>
    public EmbeddedMemory? EmbeddedPsram { get; init; }

    /// <summary>Maker of the flash memory, if known.</summary>
    public string? FlashManufacturer { get; init; }

    /// <summary>JEDEC id of the flash memory as read: maker in bits 7:0, type in 15:8, capacity in 23:16.</summary>
    public uint? FlashId { get; init; }

    /// <summary>Size of the flash memory in bytes.</summary>
    public long? FlashSize { get; init; }

    /// <summary>True when flash encryption is on: the chip decrypts the data it reads from flash.</summary>
    public required bool FlashEncryption { get; init; }

    /// <summary>Active version of secure boot, 1 or 2; 0 for none.</summary>
    public required int SecureBoot { get; init; }

    /// <summary>True in secure download mode: the loader allows only flash writes.</summary>
    public required bool SecureDownloadMode { get; init; }

    /// <summary>The loader that answers: Stub or Rom.</summary>
    public required string Loader { get; init; }

    /// <summary>Baud rate of the session.</summary>
    public required int BaudRate { get; init; }

    /// <summary>Reads the description from a device.</summary>
    /// <exception cref="Esp32Exception">The cable or the loader failed, or the session is over.</exception>
    public static Esp32DeviceInfo Read(Esp32Device device, CancellationToken cancellationToken)
    {
        FlashProtection security = device.ReadFlashProtection(cancellationToken);
        DeviceIdentity? identity = security.SecureDownloadMode ? null : device.ReadIdentity(cancellationToken);
        FlashIdentity? flash = security.SecureDownloadMode ? null : FindFlash(device, cancellationToken);
        return new Esp32DeviceInfo
        {
            PortName = device.PortName,
            Chip = device.Chip,
            Package = identity?.Package,
            Revision = identity is null ? null : DeviceIdentity.RevisionNumber(identity.Revision),
            Features = identity is null ? null : new ResultList<string>(identity.Features),
            CrystalMHz = identity?.CrystalMHz,
            Mac = identity?.Mac,
            IsMacIntact = identity?.IsMacIntact,
            Eui64 = identity?.Eui64,
            EmbeddedFlash = identity?.EmbeddedFlash,
            EmbeddedPsram = identity?.EmbeddedPsram,
            FlashManufacturer = flash?.Manufacturer,
            FlashId = flash?.Raw,
            FlashSize = flash?.Size,
            FlashEncryption = security.FlashEncryption,
            SecureBoot = security.SecureBoot,
            SecureDownloadMode = security.SecureDownloadMode,
            Loader = device.Loader,
            BaudRate = device.BaudRate,
        };
    }

    // A board whose flash is missing is still worth describing.
    private static FlashIdentity? FindFlash(Esp32Device device, CancellationToken cancellationToken)
    {
        try
        {
            return device.OpenFlash(cancellationToken);
        }
        catch (ChipException error) when (error.Code == ErrorCode.FlashNotFound)
        {
            return null;
        }
    }
}
