using Esp32Tools.Errors;

namespace Esp32Tools.Flash;

/// <summary>Checks of address ranges.</summary>
internal static class FlashRange
{
    /// <summary>Throws when a range reaches past the end of the flash.</summary>
    /// <exception cref="FlashException"><see cref="ErrorCode.BeyondFlash"/></exception>
    public static void Require(uint address, long length, long flashSize, string port, string? what = null)
    {
        if (address + length > flashSize)
        {
            throw new FlashException(
                ErrorCode.BeyondFlash,
                $"{what ?? "The range"} (0x{address:X} to 0x{address + length:X}) does not fit the flash on {port}, which has {FlashLayout.SizeText(flashSize)}.",
                "Check the address and the size of the flash memory.")
            { Target = what ?? port };
        }
    }

    /// <summary>Throws when a range is not made of whole sectors.</summary>
    /// <exception cref="FlashException"><see cref="ErrorCode.Misaligned"/></exception>
    public static void RequireSectors(uint address, long length)
    {
        if (address % FlashLayout.SectorSize != 0 || length % FlashLayout.SectorSize != 0)
        {
            throw new FlashException(
                ErrorCode.Misaligned,
                $"The range 0x{address:X} + 0x{length:X} is not made of whole sectors.",
                "Flash is erased in sectors: address and length must be multiples of 0x1000.");
        }
    }
}
