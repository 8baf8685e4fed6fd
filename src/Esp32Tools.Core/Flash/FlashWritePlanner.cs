using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images;

namespace Esp32Tools.Flash;

/// <summary>Makes a plan from images: checks them, and computes the bytes to send.</summary>
internal sealed class FlashWritePlanner(Esp32Device device, FlashWriteOptions options, CancellationToken cancellationToken)
{
    public FlashWritePlan Plan(IReadOnlyList<FlashImage> images)
    {
        RefuseContradictions();
        ImageHeaderPatch patch = Patch(null);
        patch.Validate(device.GetChip());
        FlashImage[] sorted = [.. images.Select(image => image with { Encrypt = image.Encrypt || options.Encrypt }).OrderBy(image => image.Address)];
        var checks = new WriteChecks(device, options, cancellationToken);
        checks.CheckImages(sorted);
        long flashSize = checks.CheckPlace(sorted);
        FlashProtection security = device.ReadFlashProtection(cancellationToken);
        checks.CheckSecurity(sorted, security);
        if (options.DetectFlashSize)
        {
            patch = Patch(flashSize);
        }

        // A signature covers the settings, and without reading back nothing can be checked: then the image stays unchanged.
        bool mayPatch = security.SecureBoot == 0 && !security.SecureDownloadMode;
        PatchedImage Patched(FlashImage image)
        {
            PatchedImage patched = patch.Apply(image.Data, image.Address, device.GetChip());
            return mayPatch || !patched.IsChanged
                ? patched
                : new PatchedImage(image.Data, IsChanged: false, "Flash settings are left alone under secure boot.");
        }

        IReadOnlyList<(uint, byte[])> previous =
            [.. options.Previous.Select(old => (old.Address, Patched(old).Data))];
        PatchedImage[] changed = [.. sorted.Select(Patched)];
        IReadOnlyList<string> warnings = !options.LooksAtLayout ? [] : new LayoutChecks(device, options, checks, cancellationToken)
            .Check([.. sorted.Select((image, index) => image with { Data = changed[index].Data })], security);
        IEnumerable<PlannedWrite> writes = sorted.Select((image, index) =>
        {
            PatchedImage patched = changed[index];
            int unit = image.Encrypt ? device.GetChip().Image.EncryptedWriteAlignment : 1;
            return new PlannedWrite(image, image.ContentOf(FlashLayout.Pad(patched.Data, unit)))
            {
                Encrypt = image.Encrypt,
                HeaderNote = patched.Reason,
                OverwrittenBy = sorted.Skip(index + 1).FirstOrDefault(later => later.Address < (long)image.Address + image.Data.Length)?.Name,
                Previous = previous,
            };
        });
        return new FlashWritePlan([.. writes], options, flashSize) { Warnings = warnings };
    }

    private ImageHeaderPatch Patch(long? detectedSize) => new()
    {
        FlashMode = options.FlashMode,
        FlashFrequency = options.FlashFrequency,
        FlashSize = detectedSize is long size ? ImageHeaderPatch.FlashSizeName(size, device.GetChip()) : options.FlashSize,
    };

    private void RefuseContradictions()
    {
        if (options.Differential && (options.EraseAll || !options.Verify))
        {
            throw new Esp32Exception(
                ErrorCode.ValueInvalid,
                options.EraseAll
                    ? "A differential write is not possible where everything is erased first."
                    : "A differential write needs verification by the chip's digest.",
                "Choose one of the two.");
        }

        RefusalCatalog.FlashWrite.Require(options.Allow);
    }
}
