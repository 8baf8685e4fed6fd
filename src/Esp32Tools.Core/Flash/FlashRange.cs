using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Devices;
using Esp32Tools.Errors;

namespace Esp32Tools.Flash;

/// <summary>Checks of address ranges.</summary>
internal static class FlashRange
{
    /// <summary>Throws when a range reaches past the end of the flash, or of the part that the loader reaches.</summary>
    /// <exception cref="FlashException"><see cref="ErrorCode.BeyondFlash"/></exception>
    /// <exception cref="ChipException"><see cref="ErrorCode.ChipUnsupported"/></exception>
    public static void Require(Esp32Device device, uint address, long length, long flashSize, string? what = null)
    {
        string port = device.PortName;
        if (address + length > flashSize)
        {
            throw new FlashException(
                ErrorCode.BeyondFlash,
                $"{what ?? "The range"} (0x{address:X} to 0x{address + length:X}) does not fit the flash on {port}, which has {FlashLayout.SizeText(flashSize)}.",
                "Check the address and the size of the flash memory.")
            { Target = what ?? port };
        }

        if (address + length > device.ReachableFlash)
        {
            throw new ChipException(
                ErrorCode.ChipUnsupported,
                $"{what ?? "The range"} (0x{address:X} to 0x{address + length:X}) is beyond the {FlashLayout.SizeText(device.ReachableFlash)} that the loader of the {device.GetChip().Name} on {port} reaches.",
                device.IsStub ? "Let the application itself write there." : "Connect with the stub, if this chip's reaches further.")
            { Target = what ?? port };
        }
    }

    /// <summary>Makes the flash ready for reading, and throws when a range does not fit it.</summary>
    /// <exception cref="FlashException"><see cref="ErrorCode.BeyondFlash"/></exception>
    /// <exception cref="ChipException"><see cref="ErrorCode.SecureDownloadMode"/>, <see cref="ErrorCode.ChipUnsupported"/></exception>
    public static void RequireReadable(
        Esp32Device device, uint address, long length, SteadyLink link, CancellationToken cancellationToken, string? what = null)
    {
        long flashSize = link.Run(() =>
        {
            device.OpenFlash(cancellationToken);
            return device.PrepareFlash(null, cancellationToken);
        });
        Require(device, address, length, flashSize, what);
    }

    /// <summary>Throws when a range does not consist of whole sectors.</summary>
    /// <exception cref="FlashException"><see cref="ErrorCode.Misaligned"/></exception>
    public static void RequireSectors(uint address, long length)
    {
        if (address % FlashLayout.SectorSize != 0 || length % FlashLayout.SectorSize != 0)
        {
            throw new FlashException(
                ErrorCode.Misaligned,
                $"The range 0x{address:X} + 0x{length:X} does not consist of whole sectors.",
                "Flash is erased in sectors: address and length must be multiples of 0x1000.");
        }
    }
}
