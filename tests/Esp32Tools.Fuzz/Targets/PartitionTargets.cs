using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using Esp32Tools.Examples.Quickstart;
using Esp32Tools.Formats.Ota;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.Fuzz.Seeding;

namespace Esp32Tools.Fuzz.Targets;

/// <summary>Partition tables, the choice of the application, and manifests.</summary>
internal static class PartitionTargets
{
    private const int EntrySize = 32;

    private static readonly string[] s_layouts =
    [
        "otadata,data,ota,0xd000,0x2000\napp0,app,ota_0,0x10000,1M\n",
        "otadata,data,ota,0xd000,0x2000\nf,app,factory,0x10000,1M\na,app,ota_0,,1M\nb,app,ota_1,,1M\n",
    ];

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("partition-table", Table)
        {
            Vectors = [("partition-table/bin", ".bin"), ("partition-table/parse", ".bin")],
            Made = () => [SampleFirmware.PartitionTable()],
            Repair = RepairTable,
        },
        new("partition-csv", Csv)
        {
            Vectors = [("partition-table/csv", ".csv")],
            Words = ["nvs", "app", "data", "ota_0", "ota_15", "factory", "encrypted", "readonly", "0xFFFFF000", "-4K", "16M", "# Name,", "test", "bootloader", "recovery"],
        },
        new("otadata", Ota) { Vectors = [("otadata/img", ".bin")], Repair = RepairOta },
        new("manifest", Manifest) { Words = ["\"sha256\"", "\"offset\"", "\"file\"", "\"partitions\"", "\"../x\"", "{}", "[]"] },
    ];

    private static void Table(byte[] input)
    {
        PartitionTable table = PartitionTable.Parse(input, "input");
        Look.At(table);
        Look.At(table.FindViolations());
        Look.Try(() => OtaLayout.From(table));
        Look.Try(() => RequireSame(table, PartitionTable.Parse(table.ToBytes())));
        Look.Try(() => table.ToCsv());
        _ = PartitionTable.ParseFile(input, "input");
    }

    private static void Csv(byte[] input)
    {
        PartitionTable table = PartitionTable.ParseCsv(input, source: "input");
        Look.At(table);
        Look.At(table.FindViolations());
        RequireSame(table, PartitionTable.Parse(table.ToBytes()));
        RequireSame(table, PartitionTable.ParseCsv(System.Text.Encoding.UTF8.GetBytes(table.ToCsv())));
    }

    private static void Ota(byte[] input)
    {
        OtaData data = OtaData.Parse(input);
        Look.At(data);
        foreach (string text in s_layouts)
        {
            var layout = OtaLayout.From(PartitionTable.ParseCsv(System.Text.Encoding.UTF8.GetBytes(text)));
            Look.At(data.Decide(layout));
            Look.At(data.Decide(layout, withRollback: false));
            for (int slot = 0; slot < layout.Slots.Count; slot++)
            {
                OtaChange change = OtaSwitch.To(data, layout, slot);
                Look.At(change);
            }

            Look.Try(() => OtaSwitch.Back(data, layout));
            Look.Try(() => OtaSwitch.Clear(data, layout));
        }
    }

    private static void Manifest(byte[] input)
    {
        PartitionManifest manifest = PartitionManifest.Parse(input, "input");
        Look.At(manifest);
        _ = PartitionManifest.Parse(manifest.ToBytes(), "again");
    }

    private static void RequireSame(PartitionTable first, PartitionTable second)
    {
        if (!first.Partitions.SequenceEqual(second.Partitions))
        {
            throw new InvalidOperationException("The table is another one when it is written and read again.");
        }
    }

    private static void RepairTable(byte[] input)
    {
        for (int at = 0; at + EntrySize <= input.Length; at += EntrySize)
        {
            if (input[at] == 0xEB && input[at + 1] == 0xEB)
            {
                MD5.HashData(input.AsSpan(0, at)).CopyTo(input, at + 16);
            }
        }
    }

    private static void RepairOta(byte[] input)
    {
        for (int at = 0; at + EntrySize <= input.Length; at += 0x1000)
        {
            CheckValue.PutCrc32(input, at, 4, at + 28);
        }
    }
}
