using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;

namespace Esp32Tools.Devices.Memory;

/// <summary>The addresses at which the eFuse controller of a chip answers, or may answer.</summary>
internal static class EfuseWindow
{
    // A bus that mirrors the registers does so in steps of this size or larger: ESP32 and ESP32-S2 mirror
    // 0x3FFx_xxxx and 0x3F4x_xxxx at 0x600x_xxxx.
    private const long MirrorStep = 0x1_0000;

    /// <summary>True when a range reaches the controller, at its own address or at one that the vendor documents.</summary>
    public static bool Reaches(ChipDefinition chip, uint address, long length) =>
        chip.Efuse.Aliases.Prepend(chip.Efuse.Base).Any(start => address < (long)start + chip.Efuse.Window && address + length > start);

    /// <summary>
    /// True when a part of the range is unknown and could mirror the controller: the address differs
    /// from its own only in the bits by which a bus mirrors its registers.
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
