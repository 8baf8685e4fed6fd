namespace Esp32Tools.Chips;

/// <summary>A range of the address space.</summary>
/// <param name="Name">Kind of memory, in the field's usual names: DRAM, IRAM, DROM, IROM, RTC_DRAM, ...</param>
/// <param name="Start">First address.</param>
/// <param name="End">Address behind the last.</param>
public readonly record struct MemoryRegion(string Name, uint Start, uint End)
{
    /// <summary>True when the address lies inside.</summary>
    public bool Contains(uint address) => address >= Start && address < End;
}
