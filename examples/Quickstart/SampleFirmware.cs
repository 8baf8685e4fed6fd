using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using Esp32Tools.Chips;

namespace Esp32Tools.Examples.Quickstart;

/// <summary>
/// Makes a firmware set in the form that ESP-IDF builds: bootloader, partition table and application, with headers,
/// checksums and digests that are right. The code in it is filler and does nothing.
/// </summary>
internal static class SampleFirmware
{
    private const int DescriptorLength = 256;
    private const uint AppDescriptorMagic = 0xABCD_5432;
    private const byte BootloaderDescriptorMagic = 0x50;

    /// <summary>A bootloader of about 20 KB: some chips have it at 0x2000, and the partition table stands at 0x8000.</summary>
    public static byte[] Bootloader(ChipDefinition chip)
    {
        byte[] text = Filler(20_000, seed: 1);
        text[0] = BootloaderDescriptorMagic;
        WriteText(text, 8, "v6.0", 32);
        return Image(chip, (RamOf(chip, "DRAM") + 0x5000, text));
    }

    /// <summary>An application whose image has at least so many bytes.</summary>
    public static byte[] Application(ChipDefinition chip, int minLength, string version = "1.0.0")
    {
        byte[] data = Filler(minLength / 4, seed: 2);
        Array.Clear(data, 0, DescriptorLength);
        BinaryPrimitives.WriteUInt32LittleEndian(data, AppDescriptorMagic);
        WriteText(data, 16, version, 32);
        WriteText(data, 48, "sample-product", 32);
        WriteText(data, 80, "12:00:00", 16);
        WriteText(data, 96, "Nov  1 2026", 16);
        WriteText(data, 112, "v6.0", 32);
        byte[] ram = Filler(64 * 1024, seed: 3);
        byte[] code = Filler(minLength - (minLength / 4), seed: 4);

        // A segment that runs from flash stands in the file where its address stands in a 64 KB page.
        return Image(
            chip,
            (chip.Image.DataFlash.Start + 0x20, data),
            (RamOf(chip, "DRAM") + 0x2000, ram),
            (chip.Image.InstructionFlash.Start + 0x20, code));
    }

    /// <summary>A partition table for a flash of 4 MB.</summary>
    public static byte[] PartitionTable()
    {
        List<byte> table = [];
        AddPartition(table, "nvs", 1, 0x02, 0x9000, 0x6000);
        AddPartition(table, "phy_init", 1, 0x01, 0xF000, 0x1000);
        AddPartition(table, "factory", 0, 0x00, 0x1_0000, 0x18_0000);
        AddPartition(table, "storage", 1, 0x82, 0x19_0000, 0x4_0000);
        byte[] digest = MD5.HashData([.. table]);
        table.AddRange([0xEB, 0xEB]);
        for (int i = 0; i < 14; i++)
        {
            table.Add(0xFF);
        }

        table.AddRange(digest);
        while (table.Count < 0xC00)
        {
            table.Add(0xFF);
        }

        return [.. table];
    }

    private static byte[] Image(ChipDefinition chip, params (uint Address, byte[] Data)[] segments)
    {
        using var image = new MemoryStream();
        image.Write([0xE9, (byte)(segments.Length), 2, 0x20]);
        Word(image, segments[^1].Address);
        image.Write([0xEE, 0, 0, 0, (byte)chip.ImageChipId, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0, 1]);
        byte checksum = 0xEF;
        int written = 0;
        foreach ((uint address, byte[] data) in segments)
        {
            byte[] padded = PadTo4(data);
            if (IsFlash(chip, address))
            {
                // Filler in front brings the data to the place in its page that its address has.
                long ahead = ((address & 0xFFFF) - (image.Position + 8)) & 0xFFFF;
                if (ahead is > 0 and < 8)
                {
                    ahead += 0x1_0000;
                }

                if (ahead > 0)
                {
                    Word(image, 0);
                    Word(image, (uint)(ahead - 8));
                    image.Write(new byte[ahead - 8]);
                    written++;
                }
            }

            Word(image, address);
            Word(image, (uint)padded.Length);
            image.Write(padded);
            written++;
            foreach (byte value in padded)
            {
                checksum ^= value;
            }
        }

        while (image.Position % 16 != 15)
        {
            image.WriteByte(0);
        }

        image.WriteByte(checksum);
        byte[] bytes = image.ToArray();
        bytes[1] = (byte)written;
        return [.. bytes, .. SHA256.HashData(bytes)];
    }

    private static bool IsFlash(ChipDefinition chip, uint address) =>
        (address >= chip.Image.DataFlash.Start && address < chip.Image.DataFlash.End)
        || (address >= chip.Image.InstructionFlash.Start && address < chip.Image.InstructionFlash.End);

    private static uint RamOf(ChipDefinition chip, string name)
    {
        foreach (MemoryRegion region in chip.MemoryMap)
        {
            if (region.Name == name)
            {
                return region.Start;
            }
        }

        throw new InvalidOperationException($"The {chip.Name} has no {name}.");
    }

    // Half noise and half repetition: deflate makes as much of it as of real code.
    private static byte[] Filler(int length, int seed)
    {
        var data = new byte[PaddedLength(length)];
        var random = new Random(seed);
        random.NextBytes(data);
        for (int i = 64; i + 32 <= data.Length; i += 64)
        {
            int from = random.Next(Math.Max(0, i - 4096), i - 32);
            Array.Copy(data, from, data, i, 32);
        }

        return data;
    }

    private static byte[] PadTo4(byte[] data)
    {
        Array.Resize(ref data, PaddedLength(data.Length));
        return data;
    }

    private static int PaddedLength(int length) => (length + 3) / 4 * 4;

    private static void AddPartition(List<byte> table, string name, byte type, byte subtype, uint offset, uint size)
    {
        var entry = new byte[32];
        entry[0] = 0xAA;
        entry[1] = 0x50;
        entry[2] = type;
        entry[3] = subtype;
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(4), offset);
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(8), size);
        WriteText(entry, 12, name, 16);
        table.AddRange(entry);
    }

    private static void WriteText(byte[] target, int offset, string text, int width)
    {
        Array.Clear(target, offset, width);
        Encoding.ASCII.GetBytes(text).CopyTo(target, offset);
    }

    private static void Word(Stream stream, uint value)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(word, value);
        stream.Write(word);
    }
}
