using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;

namespace Esp32Tools.Simulator.Memory;

/// <summary>
/// The chip's address space: devices, plain words at all other mapped addresses, and no memory at
/// unmapped ones.
/// </summary>
internal sealed class MemoryBus
{
    // The names of the memory map are the vendor's tools' own; this one stands for no memory.
    private const string Padding = "PADDING";

    private readonly PagedMemory _words = new(0);
    private readonly List<IBusDevice> _devices = [];
    private readonly MemoryRegion[] _regions;

    /// <param name="memories">RAM and ROM.</param>
    /// <param name="peripherals">Register space.</param>
    public MemoryBus(IEnumerable<MemoryRegion> memories, IEnumerable<MemoryRegion> peripherals) =>
        _regions = [.. memories.Where(region => region.Name != Padding), .. peripherals];

    public void Add(IBusDevice device) => _devices.Add(device);

    /// <summary>False for an address whose access is an exception of the processor.</summary>
    public bool IsMapped(uint address) => _regions.Any(region => region.Contains(address));

    public uint Read(uint address) => DeviceAt(address) is { } device ? device.Read(address) : _words.ReadWord(address);

    public void Write(uint address, uint value)
    {
        if (DeviceAt(address) is { } device)
        {
            device.Write(address, value);
            return;
        }

        _words.WriteWord(address, value);
    }

    /// <summary>Stores bytes that a loader writes to RAM.</summary>
    public void Load(uint address, byte[] data, int offset, int count) => _words.Write(address, data, offset, count);

    private IBusDevice? DeviceAt(uint address)
    {
        foreach (IBusDevice device in _devices)
        {
            if (device.Owns(address))
            {
                return device;
            }
        }

        return null;
    }
}
