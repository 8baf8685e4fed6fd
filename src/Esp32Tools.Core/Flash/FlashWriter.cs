using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using Esp32Tools.Compat;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Loader;
using Esp32Tools.Loader.Messages;

namespace Esp32Tools.Flash;

/// <summary>
/// Writes images: everything is checked first, then each is written, and believed only when the chip's own digest of its
/// flash says so.
/// </summary>
public static class FlashWriter
{
    // A whole image again, after what no repeat of a block can mend: a lost answer, a stream that does not inflate.
    private const int ImageAttempts = 3;

    /// <summary>Checks images against a device and says what a write would do. Touches nothing.</summary>
    /// <exception cref="ImageException">An image is empty, damaged, or for another chip or revision.</exception>
    /// <exception cref="FlashException">
    /// <see cref="ErrorCode.ImagesOverlap"/>, <see cref="ErrorCode.BeyondFlash"/>, <see cref="ErrorCode.FlashEncrypted"/>,
    /// <see cref="ErrorCode.SecureBootProtected"/>.
    /// </exception>
    public static FlashWritePlan Plan(
        Esp32Device device, IReadOnlyList<FlashImage> images, FlashWriteOptions options, CancellationToken cancellationToken) =>
        FlashWritePlanner.Plan(device, images, options, cancellationToken);

    /// <summary>Carries a plan out.</summary>
    /// <returns>A result per image, as each is done.</returns>
    /// <exception cref="FlashException"><see cref="ErrorCode.VerifyFailed"/>, <see cref="ErrorCode.FlashWriteFailed"/></exception>
    /// <exception cref="LoaderException">The chip does not answer any more.</exception>
    /// <exception cref="TransportException">The port was lost.</exception>
    public static IEnumerable<FlashWriteResult> Write(
        Esp32Device device, FlashWritePlan plan, Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        if (plan.Options.EraseAll)
        {
            FlashEraser.EraseChip(device, plan.FlashSize, progress, cancellationToken);
        }

        for (int i = 0; i < plan.Writes.Count; i++)
        {
            if (Compresses(device, plan.Options))
            {
                // Ahead of the wire: this image while the chip makes its digest, the next while this one is sent.
                plan.Writes[i].StartCompressing();
                plan.Writes.ElementAtOrDefault(i + 1)?.StartCompressing();
            }

            yield return WriteOne(device, plan.Writes[i], plan.Options, progress, cancellationToken);
        }
    }

    /// <summary>Plans and writes in one go.</summary>
    public static IReadOnlyList<FlashWriteResult> Write(
        Esp32Device device,
        IReadOnlyList<FlashImage> images,
        FlashWriteOptions options,
        Action<OperationProgress>? progress,
        CancellationToken cancellationToken) =>
        [.. Write(device, Plan(device, images, options, cancellationToken), progress, cancellationToken)];

    private static FlashWriteResult WriteOne(
        Esp32Device device, PlannedWrite write, FlashWriteOptions options, Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        TimeSpan start = device.Transport.Clock.Now;
        byte[] digest = Md5(write.Data);
        bool canDigest = !device.IsSecureDownloadMode;
        bool skipped = options.SkipEqual && !options.EraseAll && canDigest && FlashDigest.CanRead(device, write.Address)
            && Holds(device, write.Address, write.Length, digest, cancellationToken);
        int retries = 0;
        int sent = 0;
        bool verified = skipped;
        if (!skipped)
        {
            (byte[] data, uint address) = AlignFront(device, write, cancellationToken);
            ZlibStream? stream = Compresses(device, options) ? Compressed(write, data, cancellationToken) : null;
            RegionUpload upload = RegionUpload.Prepare(device.Loader, address, FlashLayout.Pad(data), stream);
            sent = upload.BytesToSend;

            // What stands in front was sent as well, and the ROM's digest wants an aligned address: all that was sent is checked.
            byte[] sentDigest = ReferenceEquals(data, write.Data) ? digest : Md5(data);
            bool IsThere() => Holds(device, address, data.Length, sentDigest, cancellationToken);
            verified = Upload(device, write, upload, options.Verify && canDigest ? IsThere : null, ref retries, progress, cancellationToken);
            retries += upload.Retries;
        }

        progress?.Invoke(new OperationProgress($"Writing {write.Name}", write.Length, write.Length, write.Address));
        return new FlashWriteResult
        {
            PortName = device.PortName,
            Name = write.Name,
            Address = write.Address,
            Length = write.Length,
            BytesSent = sent,
            Skipped = skipped,
            Verified = verified,
            Md5 = Hex.Encode(digest),
            Retries = retries,
            Duration = device.Transport.Clock.Now - start,
            HeaderNote = write.HeaderNote,
        };
    }

    // Secure download mode allows plain blocks only.
    private static bool Compresses(Esp32Device device, FlashWriteOptions options) => options.Compress && !device.IsSecureDownloadMode;

    private static ZlibStream Compressed(PlannedWrite write, byte[] data, CancellationToken cancellationToken) =>
        ReferenceEquals(data, write.Data)
            ? write.WaitForCompressed(cancellationToken)
            : ZlibStream.Compress(FlashLayout.Pad(data));

    private static bool Upload(
        Esp32Device device,
        PlannedWrite write,
        RegionUpload upload,
        Func<bool>? isThere,
        ref int retries,
        Action<OperationProgress>? progress,
        CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                upload.Run(
                    done => progress?.Invoke(new OperationProgress(
                        $"Writing {write.Name}", Math.Min(done, write.Length), write.Length, (uint)(write.Address + Math.Min(done, write.Length)))),
                    cancellationToken);
                if (isThere is null)
                {
                    return false;
                }

                if (isThere())
                {
                    return true;
                }

                if (attempt == ImageAttempts)
                {
                    throw FlashErrors.Different(device.PortName, write);
                }
            }
            catch (LoaderException error) when (error.IsTransient && attempt < ImageAttempts)
            {
                if (!LoaderRecovery.TryResynchronise(device.Loader, cancellationToken))
                {
                    throw;
                }
            }
            catch (LoaderException error) when (error.Code == ErrorCode.CommandRefused)
            {
                throw FlashErrors.WriteFailed(device.PortName, write, error);
            }

            retries++;
        }
    }

    private static bool Holds(Esp32Device device, uint address, int length, byte[] digest, CancellationToken cancellationToken) =>
        FlashDigest.Read(device, address, length, cancellationToken).SequenceEqual(digest);

    // A write erases whole sectors. What stands in front of the image in its first sector is read and written again; in
    // secure download mode it cannot be read and is lost.
    private static (byte[] Data, uint Address) AlignFront(Esp32Device device, PlannedWrite write, CancellationToken cancellationToken)
    {
        int before = (int)(write.Address - write.EraseStart);
        if (before == 0)
        {
            return (write.Data, write.Address);
        }

        var data = new byte[before + write.Data.Length];
        if (device.IsSecureDownloadMode)
        {
            FlashLayout.Fill(data, 0, before);
        }
        else
        {
            FlashReader.Read(device, (uint)write.EraseStart, before, null, cancellationToken).CopyTo(data, 0);
        }

        write.Data.CopyTo(data, before);
        return (data, (uint)write.EraseStart);
    }

    private static byte[] Md5(byte[] data)
    {
        using var md5 = MD5.Create();
        return md5.ComputeHash(data);
    }
}
