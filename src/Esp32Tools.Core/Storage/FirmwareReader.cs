using System;
using System.Threading;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Images;
using Esp32Tools.Storage.Partitions;

namespace Esp32Tools.Storage;

/// <summary>Reads an image from the flash of a device: its header first, then as much as the image is long.</summary>
public static class FirmwareReader
{
    /// <summary>Reads an image; the image reports its damage, which is not an error.</summary>
    /// <param name="device">The device.</param>
    /// <param name="address">Flash address of its first byte.</param>
    /// <param name="progress">Receives the progress; null for none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <param name="cipher">Decrypts the flash of a device that encrypts it; null when there is no key.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.ImageInvalid"/>: there is no image.</exception>
    /// <exception cref="FlashException"><see cref="ErrorCode.BeyondFlash"/>, <see cref="ErrorCode.FlashReadFailed"/></exception>
    /// <exception cref="ChipException"><see cref="ErrorCode.SecureDownloadMode"/></exception>
    public static FirmwareImage Read(
        Esp32Device device, uint address, Action<OperationProgress>? progress, CancellationToken cancellationToken, PartitionCipher? cipher = null)
    {
        device.OpenFlash(cancellationToken);
        long flashSize = device.PrepareFlash(null, cancellationToken);
        byte[] known = [];
        for (long needed = Whole(ImageExtent.FirstBytes); needed > known.Length; needed = Needed(known))
        {
            uint from = address + (uint)known.Length;
            FlashRange.Require(device, from, needed - known.Length, flashSize);
            byte[] more = FlashReader.Read(device, from, (int)needed - known.Length, known.Length == 0 ? null : progress, cancellationToken);
            known = [.. known, .. cipher?.Decrypt(more, from) ?? more];
        }

        return FirmwareImage.Inspect(known, $"{device.PortName} at 0x{address:X}");

        // Data beyond the end of the flash is missing, so the image is truncated.
        long Needed(byte[] bytes) => Math.Min(Whole(ImageExtent.BytesNeeded(bytes)), flashSize - address);

        // Bytes that are encrypted together are read together.
        static long Whole(long count) => (count + FlashCipher.BlockSize - 1) / FlashCipher.BlockSize * FlashCipher.BlockSize;
    }
}
