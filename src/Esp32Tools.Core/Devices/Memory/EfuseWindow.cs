using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;

namespace Esp32Tools.Devices.Memory;

/// <summary>The addresses at which the eFuse controller of a chip answers, or may answer.</summary>
internal static class EfuseWindow
{
    // A bus that shows the registers a second time does so in steps of this size or larger: ESP32 and ESP32-S2 show
    // 0x3FFx_xxxx and 0x3F4x_xxxx again at 0x600x_xxxx.
    private const long MirrorStep = 0x1_0000;

    /// <summary>True when a range reaches the controller, at its own address or at one that the vendor documents.</summary>
    public static bool Reaches(ChipDefinition chip, uint address, long length) =>
        chip.Efuse.Aliases.Prepend(chip.Efuse.Base).Any(start => address < (long)start + chip.Efuse.Window && address + length > start);

    /// <summary>
    /// True when a part of the range is nothing that is known, and the controller could show there: the address differs
    /// from its own in the bits alone by which a bus repeats what is on it.
    /// </summary>
    public static bool MayReach(ChipDefinition chip, IReadOnlyCollection<MemoryRegion> known, uint address, long length)
    {
        long end = address + length;
        long first = (chip.Efuse.Base % MirrorStep) + ((address / MirrorStep) - 1) * MirrorStep;
        for (long start = first; start < end; start += MirrorStep)
        {
            long from = Math.Max(Math.Max(start, address), 0);
            long to = Math.Min(start + chip.Efuse.Window, end);
            if (from < to && MemoryRules.FirstOutside(known, (uint)from, to - from) is not null)
            {
                return true;
            }
        }

        return false;
    }
}
