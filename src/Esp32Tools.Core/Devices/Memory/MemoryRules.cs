using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Errors;

namespace Esp32Tools.Devices.Memory;

/// <summary>The rules for reads and writes of memory; refusals happen here, before anything reaches the chip.</summary>
internal static class MemoryRules
{
    /// <summary>Size of a word, the unit of register access, in bytes.</summary>
    public const int WordLength = 4;

    // The vendor's map gives this name to the lowest addresses, where there is nothing.
    private const string Nothing = "PADDING";

    public static void RequireMemoryCommands(Esp32Device device)
    {
        if (device.IsSecureDownloadMode)
        {
            throw new ChipException(
                ErrorCode.SecureDownloadMode,
                $"The chip on {device.PortName} is in secure download mode, which allows no access to its memory.",
                "Flash can still be written.")
            { Target = device.PortName };
        }
    }

    /// <summary>Throws when the range passes the last address, where it would wrap around to the first.</summary>
    public static void RequireWithinSpace(uint address, long length)
    {
        if (length > FlashLayout.Largest)
        {
            throw new ChipException(
                ErrorCode.AddressUnmapped, $"0x{length:X} bytes are more than any chip has.", "Choose a shorter range.")
            { Target = $"0x{address:X8}" };
        }

        if (address + length > 1L << 32)
        {
            throw new ChipException(
                ErrorCode.AddressUnmapped,
                $"0x{address:X8} + 0x{length:X} ends behind 0xFFFFFFFF, the last address.",
                "Choose a shorter range.")
            { Target = $"0x{address:X8}" };
        }
    }

    /// <summary>Throws when a part of the range is unmapped; an access there would stop the chip.</summary>
    public static void RequireMapped(Esp32Device device, uint address, long length)
    {
        if (FirstOutside(Known(device.GetChip()), address, length) is uint unmapped)
        {
            throw new ChipException(
                ErrorCode.AddressUnmapped,
                $"The {device.GetChip().Name} has neither memory nor registers at 0x{unmapped:X8}.",
                "Check the address and the length; an access to an unmapped address stops the chip.")
            { Target = $"0x{unmapped:X8}" };
        }
    }

    /// <summary>Throws when a write would reach the eFuse controller: a wrong word there is burned permanently.</summary>
    public static void RequireNoEfuses(Esp32Device device, uint address, long length)
    {
        bool isCertain = EfuseWindow.Reaches(device.GetChip(), address, length);
        if (isCertain || EfuseWindow.MayReach(device.GetChip(), Known(device.GetChip()), address, length))
        {
            throw new ChipException(
                ErrorCode.EfuseRegisters,
                isCertain
                    ? $"The range 0x{address:X8} + 0x{length:X} reaches the eFuse controller of the {device.GetChip().Name}: what is written there may be burned for good."
                    : $"The range 0x{address:X8} + 0x{length:X} is unknown and may be another address of the eFuse controller of the {device.GetChip().Name}: what is written there may be burned for good.",
                "Burn eFuses through the eFuse operations, which check a burn before and after.")
            { Target = $"0x{address:X8}" };
        }
    }

    /// <summary>Throws when the range reaches RAM that the running stub needs.</summary>
    public static void RequireFreeOfStub(Esp32Device device, uint address, long length, string what)
    {
        foreach ((uint start, uint end) in StubRanges.Of(device))
        {
            if (address < end && address + length > start)
            {
                throw new ChipException(
                    ErrorCode.RamInUse,
                    $"{what} (0x{address:X8} to 0x{address + length:X8}) reaches the RAM of the running flasher stub (0x{start:X8} to 0x{end:X8}).",
                    "Connect without the stub, or choose another address.")
                { Target = $"0x{address:X8}" };
            }
        }
    }

    public static void RequireAligned(uint address, long length)
    {
        if (address % WordLength != 0 || length % WordLength != 0)
        {
            throw new ChipException(
                ErrorCode.Misaligned,
                $"0x{address:X8} + 0x{length:X} is not a range of whole words: registers are written in words of four bytes.",
                "Choose an address and a length that are multiples of 4.")
            { Target = $"0x{address:X8}" };
        }
    }

    /// <summary>All known regions of the chip's address space.</summary>
    public static IReadOnlyCollection<MemoryRegion> Known(ChipDefinition chip) =>
        [.. chip.MemoryMap.Where(region => region.Name != Nothing), .. chip.Peripherals];

    /// <summary>True when all of the range is RAM of the chip.</summary>
    public static bool IsRam(ChipDefinition chip, uint address, long length) =>
        FirstOutside(chip.MemoryMap.Where(region => region.IsRam), address, length) is null;

    /// <summary>The first address of the range that is in none of the regions; null when all of it is.</summary>
    public static uint? FirstOutside(IEnumerable<MemoryRegion> regions, uint address, long length)
    {
        // Regions overlap and adjoin, so the range is followed from one into the next.
        MemoryRegion[] candidates = [.. regions];
        long at = address;
        while (at < address + length)
        {
            MemoryRegion[] here = [.. candidates.Where(region => at >= region.Start && at < region.End)];
            if (here.Length == 0)
            {
                return (uint)at;
            }

            at = here.Max(region => (long)region.End);
        }

        return null;
    }
}
