using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Compat;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Nvs;

namespace Esp32Tools.Core.Tests.Formats.Nvs;

/// <summary>Contents made at random, the same for the same seed.</summary>
internal static class NvsRandom
{
    private static readonly int[] s_lengths = [0, 1, 31, 32, 33, 64, 500, 1900];

    /// <summary>Values of every type that fit the partition, and their image.</summary>
    public static (NvsItem[] Items, byte[] Image) Image(int seed, int size, int version)
    {
        var random = new Random(seed);
        var builder = new NvsImageBuilder(size, version);
        List<NvsItem> items = [];
        int count = random.Next(200);
        foreach (int number in Enumerable.Range(0, count))
        {
            NvsItem item = NvsItem.Of($"ns{random.Next(6)}", $"key{number}", Value(random, version));
            try
            {
                builder.Add(item);
            }
            catch (InputException error) when (error.Code == ErrorCode.NvsFull)
            {
                // The page that a blob did not fit into any more holds chunks without an index.
                return item.Type == NvsType.Blob && version == 2 ? Image(seed + 1000, size, version) : ([.. items], builder.ToBytes());
            }

            items.Add(item);
        }

        return ([.. items], builder.ToBytes());
    }

    /// <summary>A partition of two pages and a free one with every kind of entry, small enough to be damaged everywhere.</summary>
    public static byte[] Small()
    {
        var builder = new NvsImageBuilder(0x4000);
        builder.Add(NvsItem.Of("wifi", "ssid", "factory"));
        builder.Add(NvsItem.Of("wifi", "channel", (byte)6));
        builder.Add(NvsItem.Of("wifi", "empty", string.Empty));
        builder.Add(NvsItem.Of("cal", "offset", -5));
        builder.Add(NvsItem.Of("cal", "gain", 0x1234_5678_9ABC_DEF0));
        builder.Add(NvsItem.Of("cal", "curve", Enumerable.Range(0, 4100).Select(i => (byte)i).ToArray()));
        builder.Add(NvsItem.Of("cal", "blank", Enumerable.Repeat((byte)0xFF, 40).ToArray()));
        builder.Add(NvsItem.Of("cal", "nothing", Array.Empty<byte>()));
        return builder.ToBytes();
    }

    /// <summary>What the firmware reads.</summary>
    public static string[] Values(byte[] image) =>
        [.. NvsImage.Parse(image).Entries.Where(entry => entry.State == nameof(NvsEntryState.Written)).Select(Line).OrderBy(line => line, StringComparer.Ordinal)];

    public static string Line(NvsItem item) => $"{item.Namespace}/{item.Key} {item.Type} {Text(item.Value)}";

    public static string Line(NvsEntry entry) => $"{entry.Namespace}/{entry.Key} {entry.Type} {Text(entry.GetBytes() ?? entry.Value)}";

    /// <summary>Makes the CRC of an entry right.</summary>
    public static void Seal(byte[] image, int at) =>
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(at + 4), Crc32.Of(image, at + 8, 24, Crc32.Of(image, at, 4, uint.MaxValue)));

    /// <summary>Makes the CRC of the bytes behind an entry right, and that of the entry.</summary>
    public static void SealData(byte[] image, int at)
    {
        int length = BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(at + 24));
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(at + 28), Crc32.Of(image, at + 32, length, uint.MaxValue));
        Seal(image, at);
    }

    /// <summary>Makes the CRC of a page's header right.</summary>
    public static void SealPage(byte[] image, int page) =>
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(page + 28), Crc32.Of(image, page + 4, 24, uint.MaxValue));

    private static object Value(Random random, int version)
    {
        int length = random.Next(3) == 0 ? random.Next(1900) : s_lengths[random.Next(s_lengths.Length)];
        switch (random.Next(10))
        {
            case 0: return (byte)random.Next();
            case 1: return (sbyte)random.Next();
            case 2: return (ushort)random.Next();
            case 3: return (short)random.Next();
            case 4: return (uint)random.NextInt64();
            case 5: return (int)random.NextInt64();
            case 6: return (ulong)random.NextInt64(long.MinValue, long.MaxValue);
            case 7: return random.NextInt64(long.MinValue, long.MaxValue);
            case 8: return new string([.. Enumerable.Range(0, length / 3).Select(_ => (char)random.Next(1, 0xD800))]);
            default:
                byte[] bytes = new byte[version == 2 && random.Next(8) == 0 ? random.Next(9000) : length];
                random.NextBytes(bytes);
                return bytes;
        }
    }

    private static string Text(object? value) => value is byte[] bytes ? Convert.ToHexString(bytes) : FormattableString.Invariant($"{value}");
}
