using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Esp32Tools.Compat;
using Esp32Tools.Formats.Csv;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.Fuzz.Seeding;

namespace Esp32Tools.Fuzz.Targets;

/// <summary>NVS partitions as bytes and as text, and their keys.</summary>
internal static class NvsTargets
{
    private const int PageSize = 0x1000;

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("nvs", Nvs) { Vectors = [("nvs/bin", ".bin"), ("nvs/parse", ".bin")], Repair = Repair, Iterations = 6_000, Allowance = 64L * 1024 * 1024 },
        new("nvs-csv", Csv)
        {
            Vectors = [("nvs/csv", ".csv"), ("mass-mfg/01-plain", ".csv")],
            Words = ["key,type,encoding,value\n", "namespace", "data", "file", "u8", "i64", "string", "hex2bin", "base64", "binary", "blob_fill(1;2;3)", "blob_sz_fill(9999999;1)"],
            Allowance = 64L * 1024 * 1024,
            Iterations = 10_000,
        },
        new("nvs-key", Key) { Made = MakeKeys },
        new("csv", Fields) { Vectors = [("nvs/csv", ".csv"), ("partition-table/csv", ".csv")] },
    ];

    private static void Nvs(byte[] input)
    {
        NvsImage image = NvsImage.Parse(input);
        Look.At(image);
        Look.At(NvsTestResult.Of(image));
        _ = NvsImage.HeaderDefect(input);
        Look.Try(() => Edit(input));
        NvsEntry[] read = image.Entries;
        if (read.Length > 0)
        {
            Look.Try(() => NvsEditor.Remove((byte[])input.Clone(), read[0].Namespace ?? "a", read[0].Key));
        }
    }

    // A change that is made is there afterwards.
    private static void Edit(byte[] input)
    {
        byte[] changed = NvsEditor.Set((byte[])input.Clone(), NvsItem.Of("fuzz", "value", 42));
        if (!NvsImage.Parse(changed).Entries.Any(entry => entry.Namespace == "fuzz" && entry.Key == "value" && Equals(Convert.ToInt64(entry.Value, null), 42L)))
        {
            throw new InvalidOperationException("A value that was set is not there.");
        }
    }

    private static void Csv(byte[] input)
    {
        using var text = new StringReader(Look.Text(input));
        IReadOnlyList<NvsItem> items = NvsCsv.Read(text, "input", _ => [1, 2, 3]);
        var builder = new NvsImageBuilder(4 * PageSize);
        foreach (NvsItem item in items)
        {
            builder.Add(item);
        }

        // A key that the text has twice is there twice, as the vendor's generator has it.
        bool hasTwice = items.GroupBy(item => (item.Namespace, item.Key)).Any(group => group.Count() > 1);
        NvsTestResult result = NvsTestResult.Of(NvsImage.Parse(builder.ToBytes()));
        if (!hasTwice && !result.IsSound)
        {
            throw new InvalidOperationException($"The image that was made is not sound: {result.Findings[0]}");
        }
    }

    private static void Key(byte[] input)
    {
        Look.Try(() => NvsKey.FromHmac(input, "input").Dispose());
        NvsKey.FromFile(input, "input").Dispose();
    }

    private static void Fields(byte[] input)
    {
        string text = Look.Text(input);
        foreach (char separator in ",;\t")
        {
            using var reader = new StringReader(text);
            Look.Try(() => _ = new CsvReader(reader, "input", comment: '#', separator).ReadAll().Count());
        }
    }

    private static IEnumerable<byte[]> MakeKeys()
    {
        using NvsKey key = NvsKey.FromHmac([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        yield return key.ToFileBytes();
        yield return key.ToFileBytes()[..64];
        yield return [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    }

    // Headers of pages and entries; the data of strings and blobs where they follow in the same page.
    private static void Repair(byte[] input)
    {
        for (int page = 0; page + PageSize <= input.Length; page += PageSize)
        {
            CheckValue.PutCrc32(input, page + 4, 24, page + 28);
            for (int entry = page + 64; entry + 32 <= page + PageSize; entry += 32)
            {
                int type = input[entry + 1];
                if (type is 0xFF)
                {
                    continue;
                }

                int length = BitConverter.ToUInt16(input, entry + 24);
                if (type is 0x21 or 0x41 or 0x42 && entry + 32 + length <= page + PageSize)
                {
                    CheckValue.PutCrc32(input, entry + 32, length, entry + 28);
                }

                uint crc = Crc32.Of(input, entry, 4, uint.MaxValue);
                crc = Crc32.Of(input, entry + 8, 24, crc);
                BitConverter.TryWriteBytes(input.AsSpan(entry + 4), crc);
            }
        }
    }
}
