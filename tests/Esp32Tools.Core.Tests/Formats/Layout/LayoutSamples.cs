using System;
using System.Buffers.Binary;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Esp32Tools.Chips;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Layout;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Core.Tests.Formats.Layout;

/// <summary>Images and tables in the form that builds give them.</summary>
internal static class LayoutSamples
{
    public static ChipDefinition Esp32 { get; } = ChipCatalog.ByName("esp32");

    public static ChipDefinition Esp32C3 { get; } = ChipCatalog.ByName("esp32c3");

    /// <summary>A bootloader whose header names a size of flash.</summary>
    public static byte[] Bootloader(ChipDefinition chip, string flashSize = "4MB", bool hasHash = true)
    {
        byte[] body = Noise(20_000, 1);
        Array.Clear(body, 0, 80);
        body[0] = 0x50;
        Encoding.ASCII.GetBytes("v6.0").CopyTo(body, 8);
        Encoding.ASCII.GetBytes("Nov  1 2026 12:00:00").CopyTo(body, 40);
        return Image(chip, body, flashSize, hasHash);
    }

    /// <summary>An application of about so many bytes, with its description.</summary>
    public static byte[] App(ChipDefinition chip, int length = 40_000)
    {
        byte[] body = Noise(length / 4 * 4, 2);
        Array.Clear(body, 0, 256);
        BinaryPrimitives.WriteUInt32LittleEndian(body, 0xABCD_5432);
        Encoding.ASCII.GetBytes("sample").CopyTo(body, 48);
        return Image(chip, body, "4MB", hasHash: true);
    }

    /// <summary>A table in its binary form, of lines of CSV.</summary>
    public static byte[] Table(params string[] lines) => Table(0x8000, lines);

    /// <summary>A table at another place.</summary>
    public static byte[] Table(uint offset, params string[] lines) =>
        PartitionTable.ParseCsv(Encoding.UTF8.GetBytes(string.Join("\n", lines)), new PartitionTableOptions { TableOffset = offset }).ToBytes();

    /// <summary>Bytes in which nothing can be read.</summary>
    public static byte[] Noise(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Parts as one file from an address on, with FF between.</summary>
    public static SetPart Merged(string name, uint from, params (uint Address, byte[] Data)[] parts)
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)0xFF, (int)(parts.Max(part => part.Address + part.Data.Length) - from))];
        foreach ((uint address, byte[] data) in parts)
        {
            data.CopyTo(bytes, address - from);
        }

        return new SetPart(name, from, bytes);
    }

    private static byte[] Image(ChipDefinition chip, byte[] body, string flashSize, bool hasHash)
    {
        byte[] image = new byte[(ImageHeader.Size + 8 + body.Length) | 0xF];
        new ImageHeader
        {
            SegmentCount = 1,
            FlashMode = 2,
            FlashSize = chip.Image.FlashSizes[flashSize],
            ChipId = (ushort)chip.ImageChipId,
            HashAppended = (byte)(hasHash ? 1 : 0),
        }.WriteTo(image);
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(ImageHeader.Size), 0x3FFB_0000);
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(ImageHeader.Size + 4), (uint)body.Length);
        body.CopyTo(image, ImageHeader.Size + 8);
        byte[] whole = [.. image, body.Aggregate((byte)0xEF, (sum, value) => (byte)(sum ^ value))];
        return hasHash ? [.. whole, .. SHA256.HashData(whole)] : whole;
    }
}
