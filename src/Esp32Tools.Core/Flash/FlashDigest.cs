using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader.Messages;

namespace Esp32Tools.Flash;

/// <summary>MD5 digests of flash ranges, computed by the chip.</summary>
internal static class FlashDigest
{
    // The ROM returns a wrong digest, without an error, for an address that is not a multiple of four.
    private const uint RomAlignment = 4;

    public static bool CanRead(Esp32Device device, uint address) => device.IsStub || address % RomAlignment == 0;

    public static byte[] Read(Esp32Device device, uint address, long length, CancellationToken cancellationToken)
    {
        if (!CanRead(device, address))
        {
            throw new FlashException(
                ErrorCode.Misaligned,
                $"The ROM's digest needs an address that is a multiple of 4, and 0x{address:X} is not.",
                "Choose such an address, or connect with the stub.")
            { Target = device.PortName };
        }

        if (device.IsSecureDownloadMode)
        {
            throw new ChipException(
                ErrorCode.SecureDownloadMode,
                $"The chip on {device.PortName} is in secure download mode and makes no digests.",
                "The contents of its flash cannot be checked from here.")
            { Target = device.PortName };
        }

        return device.GetLoader().Execute(new FlashDigestRequest { Address = address, Length = (uint)length }, cancellationToken);
    }

    /// <summary>True when the flash holds these bytes, by the chip's own digest.</summary>
    /// <param name="device">The device.</param>
    /// <param name="address">Flash address of the first byte.</param>
    /// <param name="data">The array that contains the bytes.</param>
    /// <param name="start">Index of the first one.</param>
    /// <param name="count">Number of bytes.</param>
    /// <param name="link">Carries the question over a connection that may break; null to ask once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static bool Matches(Esp32Device device, uint address, byte[] data, int start, int count, SteadyLink? link, CancellationToken cancellationToken)
    {
        using var md5 = MD5.Create();
        byte[] expected = md5.ComputeHash(data, start, count);
        byte[] Ask() => Read(device, address, count, cancellationToken);
        return (link is null ? Ask() : link.Run(Ask)).SequenceEqual(expected);
    }

    /// <summary>True when the flash holds an image as sent, by the chip's own digest.</summary>
    public static bool Matches(Esp32Device device, FlashImage image, SteadyLink? link, CancellationToken cancellationToken) =>
        Matches(device, image.Address, image.Data, 0, image.Data.Length, link, cancellationToken);
}
