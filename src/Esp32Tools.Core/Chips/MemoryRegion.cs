using System.Collections.Generic;

namespace Esp32Tools.Chips;

/// <summary>A range of the address space.</summary>
/// <param name="Name">Kind of memory, by its usual name: DRAM, IRAM, DROM, IROM, RTC_DRAM, ...</param>
/// <param name="Start">First address.</param>
/// <param name="End">Address behind the last.</param>
public readonly record struct MemoryRegion(string Name, uint Start, uint End)
{
    // The vendor's names for memory into which a program can be loaded. BYTE_ACCESSIBLE and MEM_INTERNAL span more than RAM,
    // MEM_INTERNAL2 is register space, names with ROM or EXTRAM stand for mask ROM, flash and memory outside the chip.
    private static readonly HashSet<string> s_ramNames =
        ["DRAM", "IRAM", "DIRAM_DRAM", "DIRAM_IRAM", "CACHE_PRO", "CACHE_APP", "RTC_DRAM", "RTC_IRAM", "RTC_DATA"];

    /// <summary>True when it is RAM of the chip itself, which a loader can fill.</summary>
    public bool IsRam => s_ramNames.Contains(Name);

    /// <summary>True when the address lies inside.</summary>
    public bool Contains(uint address) => address >= Start && address < End;
}
