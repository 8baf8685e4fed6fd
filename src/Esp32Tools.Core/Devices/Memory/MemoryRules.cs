using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Errors;

namespace Esp32Tools.Devices.Memory;

/// <summary>What may be read and written where; everything is refused here before the chip hears of it.</summary>
internal static class MemoryRules
{
    /// <summary>Bytes of a word: what one register access moves.</summary>
    public const int WordLength = 4;

    // The vendor's map gives the lowest addresses this name: nothing is there.
    private const string Nothing = "PADDING";

    public static void RequireMemoryCommands(Esp32Device device)
    {
        if (device.IsSecureDownloadMode)
        {
            throw new ChipException(
                ErrorCode.SecureDownloadMode,
                $"The chip on {device.PortName} is in secure download mode, which lets nobody at its memory.",
                "Flash can still be written.")
            { Target = device.PortName };
        }
    }

    /// <summary>Throws when a part of the range is nothing at all; an access there would stop the chip.</summary>
    public static void RequireMapped(Esp32Device device, uint address, long length)
    {
        IEnumerable<MemoryRegion> regions = device.Chip.MemoryMap.Where(region => region.Name != Nothing).Concat(device.Chip.Peripherals);
        if (FirstOutside(regions, address, length) is uint unmapped)
        {
            throw new ChipException(
                ErrorCode.AddressUnmapped,
                $"The {device.Chip.Name} has neither memory nor registers at 0x{unmapped:X8}.",
                "Check the address and the length; an access to nothing stops the chip.")
            { Target = $"0x{unmapped:X8}" };
        }
    }

    /// <summary>Throws when a write would reach the eFuse controller: a wrong word there is burned for good.</summary>
    public static void RequireNoEfuses(Esp32Device device, uint address, long length)
    {
        EfuseFacts efuse = device.Chip.Efuse;
        if (efuse.Aliases.Prepend(efuse.Base).Any(start => address < start + efuse.RegisterSpace && address + length > start))
        {
            throw new ChipException(
                ErrorCode.EfuseRegisters,
                $"0x{address:X8} is in the eFuse controller of the {device.Chip.Name}: what is written there may be burned for good.",
                "Burn eFuses through the eFuse operations, which check a burn before and after.")
            { Target = $"0x{address:X8}" };
        }
    }

    /// <summary>Throws when the range reaches what the running stub needs to live.</summary>
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
                $"0x{address:X8} + 0x{length:X} is no range of whole words: registers are written in words of four bytes.",
                "Choose an address and a length that are multiples of 4.")
            { Target = $"0x{address:X8}" };
        }
    }

    /// <summary>True when all of the range is RAM of the chip.</summary>
    public static bool IsRam(ChipDefinition chip, uint address, long length) =>
        FirstOutside(chip.MemoryMap.Where(region => region.IsRam), address, length) is null;

    // Regions overlap and follow one another, so the range is followed from one into the next.
    private static uint? FirstOutside(IEnumerable<MemoryRegion> regions, uint address, long length)
    {
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
