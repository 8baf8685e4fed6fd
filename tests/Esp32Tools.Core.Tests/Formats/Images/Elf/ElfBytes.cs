using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Esp32Tools.Chips;

namespace Esp32Tools.Core.Tests.Formats.Images.Elf;

/// <summary>Makes ELF files.</summary>
internal static class ElfBytes
{
    private const int HeaderSize = 52;

    /// <summary>A file with sections, each of them a segment as well.</summary>
    public static byte[] Make(ushort machine, uint entry, params (string Name, uint Address, byte[] Data)[] sections)
    {
        byte[] names = Encoding.UTF8.GetBytes("\0names\0" + string.Concat(sections.Select(section => section.Name + "\0")));
        using MemoryStream body = new();
        using MemoryStream headers = new();
        using MemoryStream programs = new();
        Words(headers, new uint[10]);
        Words(headers, 1, 3, 0, 0, HeaderSize, (uint)names.Length, 0, 0, 1, 0);
        body.Write(names);
        uint name = 7;
        foreach ((string text, uint address, byte[] data) in sections)
        {
            uint place = HeaderSize + (uint)body.Length;
            Words(headers, name, 1, 6, address, place, (uint)data.Length, 0, 0, 4, 0);
            Words(programs, 1, place, address, address, (uint)data.Length, (uint)data.Length, 5, 4);
            body.Write(data);
            name += (uint)Encoding.UTF8.GetByteCount(text) + 1;
        }

        using MemoryStream file = new();
        file.Write([0x7F, (byte)'E', (byte)'L', (byte)'F', 1, 1, 1, .. new byte[9], 2, 0, (byte)machine, (byte)(machine >> 8)]);
        uint programStart = HeaderSize + (uint)body.Length;
        Words(file, 1, entry, programStart, programStart + (uint)programs.Length, 0);
        Halves(file, HeaderSize, 32, (ushort)sections.Length, 40, (ushort)(sections.Length + 2), 1);
        file.Write(body.ToArray());
        file.Write(programs.ToArray());
        file.Write(headers.ToArray());
        return file.ToArray();
    }

    /// <summary>A file whose headers all point to one name and to the same data.</summary>
    public static byte[] MakeShared(int sections, int segments, int nameLength, int dataLength)
    {
        byte[] names = Encoding.UTF8.GetBytes("\0" + new string('n', nameLength) + "\0");
        uint data = HeaderSize + (uint)names.Length;
        uint tables = data + (uint)dataLength;
        using MemoryStream file = new();
        file.Write([0x7F, (byte)'E', (byte)'L', (byte)'F', 1, 1, 1, .. new byte[9], 2, 0, 0x5E, 0]);
        Words(file, 1, 0x4008_0000, tables, tables + (uint)(32 * segments), 0);
        Halves(file, HeaderSize, 32, (ushort)segments, 40, (ushort)(sections + 1), 0);
        file.Write(names);
        file.Write(new byte[dataLength]);
        for (int i = 0; i < segments; i++)
        {
            Words(file, 1, data, 0x4008_0000, 0x4008_0000, (uint)dataLength, (uint)dataLength, 5, 4);
        }

        Words(file, 0, 3, 0, 0, HeaderSize, (uint)names.Length, 0, 0, 1, 0);
        for (int i = 0; i < sections; i++)
        {
            Words(file, 1, 1, 6, 0x4008_0000, data, (uint)dataLength, 0, 0, 4, 0);
        }

        return file.ToArray();
    }

    /// <summary>An application or a bootloader as a linker might lay it out for a chip; the same for the same seed.</summary>
    public static byte[] MakeRandom(ChipDefinition chip, int seed)
    {
        var random = new Random(seed);
        List<(string, uint, byte[])> sections = [];
        Fill(".dram0.d", RegionOf(chip, "DRAM"), random.Next(4));
        Fill(".iram0.t", RegionOf(chip, "IRAM") + 0x2_0000, random.Next(1, 4));
        if (random.Next(3) > 0)
        {
            uint page = (uint)chip.Image.MmuPageSizes[random.Next(chip.Image.MmuPageSizes.Count)];
            byte[] description = new byte[256];
            BitConverter.TryWriteBytes(description, 0xABCD_5432u);
            description[180] = (byte)Math.Log2(page);
            sections.Add((".flash.appdesc", chip.Image.DataFlash.Start + 0x20, description));
            sections.Add((".flash.rodata", chip.Image.DataFlash.Start + 0x120, Bytes(4 * random.Next(1, 9000))));
            sections.Add((".flash.text", chip.Image.InstructionFlash.Start + 0x10_0020, Bytes(random.Next(1, 30_000))));
        }

        // Kinds in any order, but those of one kind as they lie in memory: what a linker does.
        return Make(
            chip.Image.ElfMachine,
            RegionOf(chip, "IRAM"),
            [.. sections.GroupBy(section => section.Item1[..5]).OrderBy(_ => random.Next()).SelectMany(kind => kind)]);

        void Fill(string name, uint address, int count)
        {
            for (int i = 0; i < count; i++)
            {
                byte[] data = Bytes(random.Next(1, 5000));
                sections.Add(($"{name}{i}", address, data));
                address += (uint)(((data.Length + 3) & ~3) + (4 * random.Next(3)));
            }
        }

        byte[] Bytes(int length)
        {
            byte[] data = new byte[length];
            random.NextBytes(data);
            return data;
        }
    }

    private static uint RegionOf(ChipDefinition chip, string name) => chip.MemoryMap.First(region => region.Name == name).Start;

    private static void Words(Stream stream, params uint[] words)
    {
        foreach (uint word in words)
        {
            stream.Write(BitConverter.GetBytes(word));
        }
    }

    private static void Halves(Stream stream, params ushort[] halves)
    {
        foreach (ushort half in halves)
        {
            stream.Write(BitConverter.GetBytes(half));
        }
    }
}
