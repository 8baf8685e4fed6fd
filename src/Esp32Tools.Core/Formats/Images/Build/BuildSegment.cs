using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Formats.Images.Elf;

namespace Esp32Tools.Formats.Images.Build;

/// <summary>Bytes on their way into an image. Lengths are multiples of four, as the ROM's copy loop requires.</summary>
internal sealed class BuildSegment
{
    public BuildSegment(ElfSection section)
        : this(section.Name, section.Address, Grow(section.Data, Pad4(section.Data.Length))) => Alignment = Math.Max(section.Alignment, 1);

    private BuildSegment(string name, uint address, byte[] data)
    {
        Name = name;
        Address = address;
        Data = data;
    }

    public string Name { get; }

    public uint Address { get; }

    public byte[] Data { get; private set; }

    public uint Alignment { get; } = 1;

    public long End => (long)Address + Data.Length;

    /// <summary>Padding: zeros without an address.</summary>
    public static BuildSegment Padding(int length) => new("padding", 0, new byte[length]);

    /// <summary>Appends the bytes of another segment.</summary>
    public void Append(byte[] data)
    {
        int length = Data.Length;
        Data = Grow(Data, length + data.Length);
        data.CopyTo(Data, length);
    }

    /// <summary>Appends zeros.</summary>
    public void AppendZeros(int count) => Data = Grow(Data, Data.Length + count);

    /// <summary>Splits it in two: the first bytes, and the rest, if any.</summary>
    public (BuildSegment Front, BuildSegment? Back) Split(int length)
    {
        if (length >= Data.Length)
        {
            return (this, null);
        }

        return (
            new(Name, Address, [.. new ArraySegment<byte>(Data, 0, length)]),
            new(Name, Address + (uint)length, [.. new ArraySegment<byte>(Data, length, Data.Length - length)]));
    }

    /// <summary>Kinds of memory at its address.</summary>
    public IEnumerable<string> MemoryTypes(ChipDefinition chip) =>
        chip.MemoryMap.Where(region => region.Contains(Address)).Select(region => region.Name);

    /// <summary>True when it is mapped from flash and not loaded.</summary>
    public bool IsMapped(ChipDefinition chip) => IsMapped(Address, chip);

    /// <summary>True when an address is in one of the chip's windows to its flash.</summary>
    public static bool IsMapped(uint address, ChipDefinition chip) =>
        IsIn(chip.Image.InstructionFlash, address) || IsIn(chip.Image.DataFlash, address);

    private static bool IsIn((uint Start, uint End) window, uint address) => address >= window.Start && address < window.End;

    private static int Pad4(int length) => (length + 3) / 4 * 4;

    private static byte[] Grow(byte[] data, int length)
    {
        if (length == data.Length)
        {
            return data;
        }

        var grown = new byte[length];
        data.CopyTo(grown, 0);
        return grown;
    }
}
