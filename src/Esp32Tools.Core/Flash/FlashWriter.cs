using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;

namespace Esp32Tools.Flash;

/// <summary>
/// Writes images: everything is checked first, then each is written, and counts as written only when the chip's own digest
/// of its flash confirms it.
/// </summary>
public static class FlashWriter
{
    /// <summary>Checks images against a device and describes the write. Changes nothing.</summary>
    /// <exception cref="InputException">An image is empty, damaged, or for another chip or revision.</exception>
    /// <exception cref="FlashException">
    /// <see cref="ErrorCode.ImagesOverlap"/>, <see cref="ErrorCode.BeyondFlash"/>, <see cref="ErrorCode.FlashSizeClaim"/>,
    /// <see cref="ErrorCode.FlashEncrypted"/>, <see cref="ErrorCode.SecureBootProtected"/>, <see cref="ErrorCode.KeyRecoveryArea"/>,
    /// <see cref="ErrorCode.Misaligned"/>; <see cref="ErrorCode.FlashKeyMissing"/>, <see cref="ErrorCode.DownloadEncryptDisabled"/>,
    /// <see cref="ErrorCode.FlashCryptConfig"/>.
    /// </exception>
    /// <exception cref="ChipException"><see cref="ErrorCode.ChipUnsupported"/>: this loader cannot encrypt.</exception>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.ValueInvalid"/>: options contradict each other.</exception>
    public static FlashWritePlan Plan(
        Esp32Device device, IReadOnlyList<FlashImage> images, FlashWriteOptions options, CancellationToken cancellationToken) =>
        new SteadyLink(device, options.MaxReconnects, cancellationToken).Run(
            () => new FlashWritePlanner(device, options, cancellationToken).Plan(images));

    /// <summary>
    /// Carries out a plan. A connection that is lost during the write is restored, and the write continues; the
    /// session can be used afterwards as before.
    /// </summary>
    /// <returns>A result per image, as each is finished.</returns>
    /// <exception cref="FlashException"><see cref="ErrorCode.VerifyFailed"/>, <see cref="ErrorCode.FlashWriteFailed"/></exception>
    /// <exception cref="LoaderException">The chip no longer answers.</exception>
    /// <exception cref="TransportException">The port was lost and did not come back.</exception>
    /// <exception cref="ChipException"><see cref="ErrorCode.ChipMismatch"/>: another chip came back.</exception>
    public static IEnumerable<FlashWriteResult> Write(
        Esp32Device device, FlashWritePlan plan, Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        var link = new SteadyLink(device, plan.Options.MaxReconnects, cancellationToken);
        plan.Writes.FirstOrDefault()?.StartCompressing(device, plan.Options);
        if (plan.Options.EraseAll)
        {
            FlashEraser.EraseChip(device, plan.FlashSize, link, progress, cancellationToken);
        }

        for (int i = 0; i < plan.Writes.Count; i++)
        {
            // Works ahead: compresses the next image while this one is sent.
            plan.Writes.ElementAtOrDefault(i + 1)?.StartCompressing(device, plan.Options);
            yield return new ImageWrite(device, plan.Writes[i], plan.Options, link, progress, cancellationToken).Run();
        }
    }

    /// <summary>Plans and writes in one call.</summary>
    public static IReadOnlyList<FlashWriteResult> Write(
        Esp32Device device,
        IReadOnlyList<FlashImage> images,
        FlashWriteOptions options,
        Action<OperationProgress>? progress,
        CancellationToken cancellationToken) =>
        [.. Write(device, Plan(device, images, options, cancellationToken), progress, cancellationToken)];
}
