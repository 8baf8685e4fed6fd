using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Ota;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.Storage.Partitions;

namespace Esp32Tools.Storage.Ota;

/// <summary>Otadata of a device: read, checked and written, one sector at a time.</summary>
public static class OtaDevice
{
    /// <summary>Reads otadata. Without an otadata partition it counts as erased.</summary>
    /// <exception cref="FlashException">
    /// <see cref="ErrorCode.FlashEncrypted"/>: flash encryption is on, and there is no key; <see cref="ErrorCode.BeyondFlash"/>,
    /// <see cref="ErrorCode.FlashReadFailed"/>.
    /// </exception>
    public static OtaData Read(Esp32Device device, OtaLayout layout, PartitionCipher? cipher, CancellationToken cancellationToken)
    {
        if (layout.Data is not { } partition)
        {
            return OtaData.Erased;
        }

        if (cipher is null && device.ReadFlashProtection(cancellationToken).FlashEncryption)
        {
            throw new FlashException(
                ErrorCode.FlashEncrypted,
                $"Flash encryption is on in the chip on {device.PortName}: only its own key makes its otadata readable.",
                "Give the flash encryption key, or let the application itself switch.")
            { Target = device.PortName };
        }

        byte[] bytes = FlashReader.Read(device, partition.Offset, OtaData.Size, null, cancellationToken);
        return OtaData.Parse(cipher?.Decrypt(bytes, partition.Offset) ?? bytes);
    }

    /// <summary>Throws unless a partition holds a complete application for this chip and its revision, and all of it.</summary>
    /// <param name="device">The device.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="cipher">The device's key; null for none.</param>
    /// <param name="allow">Refusals to lift, of <see cref="RefusalCatalog.OtaSwitch"/>.</param>
    /// <param name="progress">Receives the progress; null for none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.ImageInvalid"/>, <see cref="ErrorCode.ImageTruncated"/>, <see cref="ErrorCode.ImageForOtherChip"/>,
    /// <see cref="ErrorCode.ImageRevision"/>, <see cref="ErrorCode.PartitionTooSmall"/>
    /// </exception>
    public static void EnsureApplication(
        Esp32Device device,
        Partition partition,
        PartitionCipher? cipher,
        IReadOnlyCollection<ErrorCode> allow,
        Action<OperationProgress>? progress,
        CancellationToken cancellationToken)
    {
        FirmwareImage? image = null;
        var refusals = new Refusals(RefusalCatalog.OtaSwitch, allow);
        refusals.Check(
            () => image = FirmwareReader.Read(device, partition.Offset, progress, cancellationToken, cipher));
        if (image is not null)
        {
            new PartitionChecks(device, new PartitionWriteOptions { Allow = allow }, cancellationToken).CheckImage(image);
            RequireRoom(refusals, partition, image);
        }
    }

    // The bootloader starts no application that goes on behind its partition (esp_image_format.c), intact or not.
    private static void RequireRoom(Refusals refusals, Partition partition, FirmwareImage image)
    {
        if (image.Length > partition.Size)
        {
            refusals.Refuse(new InputException(
                ErrorCode.PartitionTooSmall,
                $"{image.Source} is an application of 0x{image.Length:X} bytes, and its partition '{partition.Name}' has 0x{partition.Size:X}: the bootloader does not start it.",
                "Write a smaller application, or give the partition more room.")
            { Target = partition.Name });
        }
    }

    /// <summary>Writes and erases the sectors of a change, in its order. An interrupted change can be repeated.</summary>
    /// <returns>True when the chip's own digest of each sector is right.</returns>
    /// <exception cref="FlashException"><see cref="ErrorCode.VerifyFailed"/>, <see cref="ErrorCode.FlashWriteFailed"/></exception>
    public static bool Apply(
        Esp32Device device,
        OtaLayout layout,
        OtaChange change,
        PartitionCipher? cipher,
        Action<OperationProgress>? progress,
        CancellationToken cancellationToken)
    {
        var options = new FlashWriteOptions { Allow = [ErrorCode.FlashEncrypted], LooksAtLayout = false };
        bool verified = true;
        foreach ((int copy, byte[]? sector) in change.Steps)
        {
            uint address = layout.Data!.Offset + (uint)(copy * OtaData.SectorSize);
            string name = $"copy {copy} of {layout.Data.Name}";
            if (sector is null)
            {
                FlashEraser.EraseRange(device, address, OtaData.SectorSize, RefusalCatalog.FlashErase.Codes, progress, cancellationToken);
                verified &= IsBlank(device, address, cancellationToken);
            }
            else
            {
                byte[] bytes = cipher is { IsEncrypted: true } ? cipher.Encrypt(sector, address, name) : sector;
                verified &= FlashWriter.Write(device, [new FlashImage(name, address, bytes)], options, progress, cancellationToken).All(result => result.Verified);
            }
        }

        return verified;
    }

    private static bool IsBlank(Esp32Device device, uint address, CancellationToken cancellationToken)
    {
        byte[] blank = new byte[OtaData.SectorSize];
        FlashLayout.Fill(blank, 0, blank.Length);
        return FlashDigest.Matches(device, address, blank, 0, blank.Length, link: null, cancellationToken);
    }
}
