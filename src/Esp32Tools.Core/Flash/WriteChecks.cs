using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Flash;

/// <summary>
/// Checks everything that can be wrong with a write before anything is changed. Each refusal has a code of its own
/// and can be lifted by that code, unless the refused action is impossible.
/// </summary>
internal sealed class WriteChecks(Esp32Device device, FlashWriteOptions options, CancellationToken cancellationToken)
{
    // The space before the usual partition table: bootloader and, under secure boot v1, its digest.
    private const uint BootloaderAreaEnd = PartitionTableOptions.DefaultTableOffset;

    // The area of the key manager's recovery data for the flash key (ESP-IDF, key manager; protocol.md, section 9).
    private const uint KeyRecoveryAreaEnd = 0x2000;

    private readonly Refusals _refusals = new(RefusalCatalog.FlashWrite, options.Allow);

    /// <summary>The refusals, and the codes that lift them.</summary>
    public Refusals Refusals => _refusals;

    private string Port => device.PortName;

    /// <summary>Checks the files themselves and that they do not overlap.</summary>
    /// <param name="images">The images, by address.</param>
    public void CheckImages(IReadOnlyList<FlashImage> images)
    {
        foreach (FlashImage image in images.Where(image => image.Data.Length == 0))
        {
            throw new InputException(
                ErrorCode.ImageEmpty, $"{image.Name} is empty.", "Build it again, or check the path.")
            { Target = image.Name };
        }

        if (options.Chip is not null && options.Chip != device.GetChip())
        {
            _refusals.Refuse(new InputException(
                ErrorCode.ImageForOtherChip,
                $"The images were built for the {options.Chip.Name}, and the chip on {Port} is an {device.GetChip().Name}.",
                $"Build them for the target {device.GetChip().Key}, or connect the chip that they were built for.")
            { Target = Port });
        }

        if (options.OtherChip is { } other)
        {
            _refusals.Check(() => throw new InputException(
                ErrorCode.ImageForOtherChip,
                $"The images were built for '{other}', and the chip on {Port} is an {device.GetChip().Name}.",
                $"Build them for the target {device.GetChip().Key}, or connect the chip that they were built for.")
            { Target = Port });
        }

        foreach (FlashImage image in images.Where(image => FirmwareImage.LooksLikeImage(image.Data)))
        {
            CheckFit(image.Name, image.Data);
        }

        CheckOverlap(images);
    }

    /// <summary>Checks that the images fit the flash, and makes the flash ready.</summary>
    /// <param name="images">The images, by address.</param>
    /// <returns>Size of the flash in bytes.</returns>
    public long CheckPlace(IReadOnlyList<FlashImage> images)
    {
        long? named = options.FlashSize is string name
            ? long.Parse(name.Substring(0, name.Length - 2), CultureInfo.InvariantCulture) << 20
            : null;
        long flashSize = device.PrepareFlash(device.IsSecureDownloadMode ? named : null, cancellationToken);
        if (named > flashSize)
        {
            _refusals.Refuse(new FlashException(
                ErrorCode.FlashSizeClaim,
                $"The header would claim {options.FlashSize} of flash, and the flash on {Port} has {FlashLayout.SizeText(flashSize)}: the bootloader would not start.",
                "Give the real size, or have it detected.")
            { Target = Port });
        }

        foreach (FlashImage image in images)
        {
            _refusals.Check(() => FlashRange.Require(device, image.Address, image.Data.Length, flashSize, image.Name));
        }

        // A flash with an unknown id may be larger than assumed; the loader must be told so, too.
        long end = images.Count == 0 ? 0 : images.Max(image => (long)image.Address + image.Data.Length);
        return end <= flashSize ? flashSize : device.PrepareFlash(PowerOfTwo(end), cancellationToken);
    }

    /// <summary>Checks the images against the protection of the device.</summary>
    /// <param name="images">The images, by address.</param>
    /// <param name="security">The protection of the device.</param>
    public void CheckSecurity(IReadOnlyList<FlashImage> images, FlashProtection security)
    {
        FlashImage? plain = images.FirstOrDefault(image => !image.Encrypt);
        if (security.FlashEncryption && plain is not null)
        {
            _refusals.Refuse(new FlashException(
                ErrorCode.FlashEncrypted,
                $"The chip on {Port} decrypts the data it reads from flash, so the plain bytes of {plain.Name} would not run on it.",
                "Have the chip encrypt them during the write, or write an image that is already encrypted for it.")
            { Target = plain.Name });
        }

        FlashImage? first = images.FirstOrDefault();
        if (security.SecureBoot != 0 && first?.Address < BootloaderAreaEnd)
        {
            _refusals.Refuse(new FlashException(
                ErrorCode.SecureBootProtected,
                $"Secure boot v{security.SecureBoot} is on in the chip on {Port}; a bootloader it does not accept makes it useless ({first}).",
                "Write only images there that are signed for this chip.")
            { Target = first.Name });
        }

        if (security.FlashEncryption && security.UsesKeyManager && first?.Address < KeyRecoveryAreaEnd)
        {
            _refusals.Refuse(new FlashException(
                ErrorCode.KeyRecoveryArea,
                $"The flash key of the chip on {Port} is made from data of its key manager below 0x{KeyRecoveryAreaEnd:X}; without it nothing in flash can be read any more ({first}).",
                "Write behind it.")
            { Target = first.Name });
        }

        FlashImage[] encrypted = [.. images.Where(image => image.Encrypt)];
        if (encrypted.Length > 0)
        {
            EncryptedWriteChecks.RequireAble(device, security);
            foreach (FlashImage image in encrypted)
            {
                _refusals.Check(() => EncryptedWriteChecks.RequireAligned(device, image, cancellationToken));
            }
        }
    }

    /// <summary>Data with the header of an image must be a whole image, for this chip and its revision.</summary>
    public void CheckFit(string name, byte[] data)
    {
        FirmwareImage? parsed = null;
        _refusals.Check(() => parsed = FirmwareImage.Parse(data, name));
        if (parsed is null)
        {
            return;
        }

        _refusals.Check(() => ImageCheck.EnsureChip(parsed, device.GetChip()));
        _refusals.Check(parsed.EnsureIntact);
        if (!device.IsSecureDownloadMode && parsed.Chip == device.GetChip())
        {
            _refusals.Check(() => ImageCheck.EnsureRevision(parsed, device.GetChip(), device.ReadIdentity(cancellationToken).Revision));
        }
    }

    private void CheckOverlap(IReadOnlyList<FlashImage> sorted)
    {
        for (int i = 1; i < sorted.Count; i++)
        {
            FlashImage lower = sorted[i - 1];
            FlashImage upper = sorted[i];
            if (FlashLayout.Ceiling((long)lower.Address + lower.Data.Length) > FlashLayout.Floor(upper.Address))
            {
                _refusals.Refuse(new FlashException(
                    ErrorCode.ImagesOverlap,
                    $"{lower.Name} (0x{lower.Address:X} to 0x{(long)lower.Address + lower.Data.Length:X}) and {upper.Name} (from 0x{upper.Address:X}) share a sector of 4096 bytes.",
                    "Check the addresses; a sector can be erased only as a whole.")
                { Target = upper.Name });
            }
        }
    }

    private static long PowerOfTwo(long least)
    {
        long size = FlashLayout.SectorSize;
        while (size < least)
        {
            size *= 2;
        }

        return size;
    }
}
