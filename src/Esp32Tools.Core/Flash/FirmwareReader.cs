using System;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Images;

namespace Esp32Tools.Flash;

/// <summary>Reads an image from the flash of a device: its header first, then as much as the image is long.</summary>
public static class FirmwareReader
{
    /// <summary>Reads an image; damage is told by the image and is no error.</summary>
    /// <param name="device">The device.</param>
    /// <param name="address">Flash address of its first byte.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ImageException"><see cref="ErrorCode.ImageInvalid"/>: there is no image.</exception>
    /// <exception cref="FlashException"><see cref="ErrorCode.BeyondFlash"/>, <see cref="ErrorCode.FlashReadFailed"/></exception>
    /// <exception cref="ChipException"><see cref="ErrorCode.SecureDownloadMode"/></exception>
    public static FirmwareImage Read(Esp32Device device, uint address, Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        device.OpenFlash(cancellationToken);
        long flashSize = device.PrepareFlash(null, cancellationToken);
        FlashRange.Require(device, address, ImageExtent.FirstBytes, flashSize);
        byte[] known = FlashReader.Read(device, address, ImageExtent.FirstBytes, null, cancellationToken);
        for (long needed = Needed(known); needed > known.Length; needed = Needed(known))
        {
            byte[] more = FlashReader.Read(device, address + (uint)known.Length, (int)needed - known.Length, progress, cancellationToken);
            known = [.. known, .. more];
        }

        return FirmwareImage.Inspect(known, $"{device.PortName} at 0x{address:X}");

        // What would lie behind the end of the flash is missing, and the image truncated.
        long Needed(byte[] bytes) => Math.Min(ImageExtent.BytesNeeded(bytes), flashSize - address);
    }
}
