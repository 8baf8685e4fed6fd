using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Images;

namespace Esp32Tools.Flash;

/// <summary>Checks everything that can be wrong with a write while nothing has been touched yet.</summary>
internal static class FlashWritePlanner
{
    // Bytes in front of the usual partition table: bootloader and, under secure boot v1, its digest.
    private const uint BootloaderAreaEnd = 0x8000;

    public static FlashWritePlan Plan(
        Esp32Device device, IReadOnlyList<FlashImage> images, FlashWriteOptions options, CancellationToken cancellationToken)
    {
        ImageHeaderPatch patch = Patch(options, null, device.Chip);
        patch.Validate(device.Chip);
        RefuseEmpty(images);
        foreach (FlashImage image in images.Where(_ => !options.Force))
        {
            RefuseUnfit(image, device, cancellationToken);
        }

        RefuseOverlap(images);
        long? named = options.FlashSize is null ? null : SizeOf(options.FlashSize);
        long flashSize = device.PrepareFlash(device.IsSecureDownloadMode ? named : null, cancellationToken);
        if (named > flashSize && !options.Force)
        {
            throw new FlashException(
                ErrorCode.BeyondFlash,
                $"The header would claim {options.FlashSize} of flash, and the flash on {device.PortName} has {FlashLayout.SizeText(flashSize)}: the bootloader would not start.",
                "Name the real size, or have it detected.")
            { Target = device.PortName };
        }

        RefuseBeyond(images, flashSize, device.PortName);
        SecurityState security = device.ReadSecurity(cancellationToken);
        if (!options.Force)
        {
            RefuseInsecure(images, security, device.PortName);
        }

        if (options.DetectFlashSize)
        {
            patch = Patch(options, flashSize, device.Chip);
        }

        // A signature covers the settings, and what cannot be read back cannot be checked: then the image stays as it is.
        bool mayPatch = security.SecureBoot == 0 && !security.SecureDownloadMode;
        IEnumerable<PlannedWrite> writes = images.OrderBy(image => image.Address).Select(image =>
        {
            PatchedImage patched = mayPatch
                ? patch.Apply(image.Data, image.Address, device.Chip)
                : new PatchedImage(image.Data, false, patch.IsEmpty ? null : "Flash settings are left alone under secure boot.");
            return new PlannedWrite(image, patched.Data, patched.Reason);
        });
        return new FlashWritePlan([.. writes], options, flashSize);
    }

    private static ImageHeaderPatch Patch(FlashWriteOptions options, long? detectedSize, ChipDefinition chip) => new()
    {
        FlashMode = options.FlashMode,
        FlashFrequency = options.FlashFrequency,
        FlashSize = detectedSize is long size ? ImageHeaderPatch.FlashSizeName(size, chip) : options.FlashSize,
    };

    private static long SizeOf(string name) => long.Parse(
        name.Substring(0, name.Length - 2), CultureInfo.InvariantCulture) << 20;

    private static void RefuseEmpty(IReadOnlyList<FlashImage> images)
    {
        foreach (FlashImage image in images.Where(image => image.Data.Length == 0))
        {
            throw new ImageException(
                ErrorCode.ImageEmpty, $"{image.Name} is empty.", "Build it again, or check the path.")
            { Target = image.Name };
        }
    }

    // A file that calls itself an image must be a whole one, for this chip and its revision.
    private static void RefuseUnfit(FlashImage image, Esp32Device device, CancellationToken cancellationToken)
    {
        if (!FirmwareImage.LooksLikeImage(image.Data))
        {
            return;
        }

        FirmwareImage parsed = FirmwareImage.Parse(image.Data, image.Name);
        ImageCheck.EnsureChip(parsed, device.Chip);
        parsed.EnsureIntact();
        if (!device.IsSecureDownloadMode)
        {
            ImageCheck.EnsureRevision(parsed, device.Chip, device.ReadIdentity(cancellationToken).Revision);
        }
    }

    private static void RefuseOverlap(IReadOnlyList<FlashImage> images)
    {
        FlashImage[] sorted = [.. images.OrderBy(image => image.Address)];
        for (int i = 1; i < sorted.Length; i++)
        {
            FlashImage lower = sorted[i - 1];
            FlashImage upper = sorted[i];
            if (FlashLayout.Ceiling((long)lower.Address + lower.Data.Length) > FlashLayout.Floor(upper.Address))
            {
                throw new FlashException(
                    ErrorCode.ImagesOverlap,
                    $"{lower.Name} (0x{lower.Address:X} to 0x{(long)lower.Address + lower.Data.Length:X}) and {upper.Name} (from 0x{upper.Address:X}) share a sector of 4096 bytes.",
                    "Check the addresses; a sector can be erased only as a whole.")
                { Target = upper.Name };
            }
        }
    }

    private static void RefuseBeyond(IReadOnlyList<FlashImage> images, long flashSize, string port)
    {
        foreach (FlashImage image in images)
        {
            FlashRange.Require(image.Address, image.Data.Length, flashSize, port, image.Name);
        }
    }

    private static void RefuseInsecure(IReadOnlyList<FlashImage> images, SecurityState security, string port)
    {
        if (security.FlashEncryption)
        {
            throw new FlashException(
                ErrorCode.FlashEncrypted,
                $"The chip on {port} decrypts what it reads from flash, so plain bytes would not run on it.",
                "Encrypt the images for this chip, or force the write of images that are encrypted already.")
            { Target = port };
        }

        FlashImage? guarded = images.FirstOrDefault(image => image.Address < BootloaderAreaEnd);
        if (security.SecureBoot != 0 && guarded is not null)
        {
            throw new FlashException(
                ErrorCode.SecureBootProtected,
                $"Secure boot v{security.SecureBoot} is on in the chip on {port}; a bootloader it does not accept makes it useless ({guarded}).",
                "Write only what is signed for this chip, and force it if it is.")
            { Target = guarded.Name };
        }
    }
}
