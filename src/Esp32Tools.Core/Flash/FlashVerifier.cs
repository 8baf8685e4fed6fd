using System;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Compat;
using Esp32Tools.Devices;
using Esp32Tools.Errors;

namespace Esp32Tools.Flash;

/// <summary>Compares flash with images by digests from the chip: no contents have to be transferred.</summary>
public static class FlashVerifier
{
    /// <summary>Returns the digest of a range.</summary>
    /// <exception cref="FlashException"><see cref="ErrorCode.BeyondFlash"/>, <see cref="ErrorCode.Misaligned"/></exception>
    /// <exception cref="ChipException"><see cref="ErrorCode.SecureDownloadMode"/></exception>
    public static FlashHash Hash(Esp32Device device, uint address, long length, CancellationToken cancellationToken)
    {
        var link = new SteadyLink(device, SteadyLink.DefaultReconnects, cancellationToken);
        FlashRange.RequireReadable(device, address, length, link, cancellationToken);
        return new FlashHash
        {
            PortName = device.PortName,
            Address = address,
            Length = length,
            Hash = Hex.Encode(link.Run(() => FlashDigest.Read(device, address, length, cancellationToken))),
        };
    }

    /// <summary>Compares flash with an image and finds where it first differs.</summary>
    /// <exception cref="FlashException">
    /// <see cref="ErrorCode.BeyondFlash"/>, <see cref="ErrorCode.Misaligned"/>; <see cref="ErrorCode.FlashEncrypted"/>: the
    /// image is one that the chip encrypts during the write, so the flash contents cannot be compared with it.
    /// </exception>
    /// <exception cref="InputException"><see cref="ErrorCode.ImageEmpty"/></exception>
    /// <exception cref="ChipException"><see cref="ErrorCode.SecureDownloadMode"/></exception>
    public static FlashTestResult Test(
        Esp32Device device, FlashImage image, Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        if (image.Data.Length == 0)
        {
            throw new InputException(ErrorCode.ImageEmpty, $"{image.Name} is empty.", "Build it again, or check the path.")
            { Target = image.Name };
        }

        if (image.Encrypt)
        {
            throw new FlashException(
                ErrorCode.FlashEncrypted,
                $"{image.Name} is encrypted by the chip on its way into flash: the loader reads other bytes there.",
                "Compare an image that was encrypted with the chip's key, or let the application report its version.")
            { Target = image.Name };
        }

        progress?.Invoke(new OperationProgress($"Verifying {image.Name}", 0, image.Data.Length, image.Address));
        var link = new SteadyLink(device, SteadyLink.DefaultReconnects, cancellationToken);
        FlashRange.RequireReadable(device, image.Address, image.Data.Length, link, cancellationToken, image.Name);
        bool equal = IsEqual(device, image, 0, image.Data.Length, link, cancellationToken);
        var result = new FlashTestResult
        {
            PortName = device.PortName,
            Name = image.Name,
            Address = image.Address,
            Length = image.Data.Length,
            IsEqual = equal,
        };
        progress?.Invoke(new OperationProgress($"Verifying {image.Name}", image.Data.Length, image.Data.Length, image.Address));
        return equal ? result : Locate(device, image, result, link, cancellationToken);
    }

    // Halves the range that contains the first difference until one sector is left, and reads only that.
    private static FlashTestResult Locate(
        Esp32Device device, FlashImage image, FlashTestResult result, SteadyLink link, CancellationToken cancellationToken)
    {
        int start = 0;
        int length = image.Data.Length;
        while (length > FlashLayout.SectorSize)
        {
            int half = (int)FlashLayout.Ceiling(length / 2);
            if (IsEqual(device, image, start, half, link, cancellationToken))
            {
                start += half;
                length -= half;
            }
            else
            {
                length = half;
            }
        }

        byte[] actual = FlashReader.Read(device, (uint)(image.Address + start), length, link, null, cancellationToken);
        for (int i = 0; i < length; i++)
        {
            if (actual[i] != image.Data[start + i])
            {
                return result with
                {
                    FirstDifference = (uint)(image.Address + start + i),
                    Expected = image.Data[start + i],
                    Actual = actual[i],
                };
            }
        }

        return result;
    }

    private static bool IsEqual(
        Esp32Device device, FlashImage image, int start, int length, SteadyLink link, CancellationToken cancellationToken) =>
        FlashDigest.Matches(device, (uint)(image.Address + start), image.Data, start, length, link, cancellationToken);
}
