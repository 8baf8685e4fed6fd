using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader.Messages;

namespace Esp32Tools.Flash;

/// <summary>MD5 of a range, made by the chip.</summary>
internal static class FlashDigest
{
    // The ROM's digest of an address that is no multiple of four is wrong without a word.
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
                "What it holds cannot be checked from here.")
            { Target = device.PortName };
        }

        return device.Loader.Execute(new FlashDigestRequest { Address = address, Length = (uint)length }, cancellationToken);
    }
}
