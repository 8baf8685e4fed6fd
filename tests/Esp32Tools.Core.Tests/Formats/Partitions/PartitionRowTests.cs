using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Partitions;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Partitions;

/// <summary>Tables of rows, look-ups, and any table there and back.</summary>
public sealed class PartitionRowTests
{
    public static TheoryData<int> LookUps => [.. Enumerable.Range(-1, PartitionVectors.Count("info") + 1)];

    [Theory]
    [InlineData("x,data,nvs,0x9000,24K\ny,data,fat,zz,4K", "line 2, column 'Offset'", "zz")]
    [InlineData("\n# comment\nx,app,,,1M", "line 3, column 'SubType'", "subtype")]
    [InlineData("x,date,nvs,,4K", "line 1, column 'Type'", "data")]
    [InlineData("x,data,nvs,,4K,hidden", "line 1, column 'Flags'", "readonly")]
    [InlineData("x,data,nvs,,", "line 1, column 'Size'", "size")]
    [InlineData("a_name_of_17_byte,data,nvs,,4K", "line 1, column 'Name'", "17 bytes")]
    [InlineData("x,data,fat,,$SIZE", "line 1, column 'Size'", "SIZE")]
    [InlineData("x,data,fat,0x10000,4K\ny,data,fat,0x9000,4K", "line 2, column 'Offset'", "overlap")]
    [InlineData("x,app,factory,0x11000,1M", "line 1, column 'Offset'", "0x10000")]
    [InlineData("x,app,factory,,0x100100", "line 1, column 'Size'", "0x1000")]
    [InlineData("x,data,fat,,4K\nx,data,fat,,4K", "line 2, column 'Name'", "'x'")]
    [InlineData("x,data,ota,,8K,readonly", "line 1, column 'Flags'", "read-only")]
    [InlineData("x,data,ota,,8K\ny,data,ota,,8K", "line 2, column 'SubType'", "there can be one")]
    public void Error_names_line_column_and_rule(string csv, string place, string rule)
    {
        InputException error = Assert.Throws<InputException>(
            () => PartitionTable.ParseCsv(Encoding.UTF8.GetBytes(csv), new() { Environment = _ => null }, "partitions.csv").EnsureValid());
        Assert.Equal((ErrorCode.PartitionTableInvalid, "partitions.csv"), (error.Code, error.Target));
        Assert.Contains(place, error.Message);
        Assert.Contains(rule, error.Message);
    }

    [Fact]
    public void Rows_and_partitions_make_one_table()
    {
        PartitionTable table = PartitionTable.FromRows(
        [
            new() { Place = "row 1", Name = "nvs", Type = "data", SubType = "nvs", Size = "24K" },
            new() { Place = "row 2", Partition = new() { Name = "own", TypeNumber = 0x40, SubTypeNumber = 9, Offset = 0x1_0000, Size = 0x1000, OtherFlags = 0x80 } },
            new() { Place = "row 3", Name = "factory", Type = "APP", SubType = "Factory", Size = "-2M", Flags = "encrypted" },
        ]);
        table.EnsureValid();
        Assert.Equal([0x9000u, 0x1_0000u, 0x2_0000u], table.Partitions.Select(partition => partition.Offset));
        Assert.Equal(0x1E_0000u, table.Find("factory").Size);
        Assert.Equal(0x80u, PartitionTable.Parse(table.ToBytes()).Find("own").OtherFlags);
    }

    [Theory]
    [MemberData(nameof(LookUps))]
    public void Partition_is_looked_up_as_the_tool_does(int index)
    {
        if (index < 0)
        {
            Assert.Equal("nvs", Assert.Single(PartitionTable.Parse(PartitionSamples.Binary()).Select("1", "NVS")).Name);
            return;
        }

        JsonElement item = PartitionVectors.Case("info", index);
        JsonElement select = item.GetProperty("select");
        var table = PartitionTable.Parse(PartitionVectors.Read(PartitionVectors.Text(item, "table")!));
        IEnumerable<Partition> found = PartitionVectors.Text(select, "name") is { } name ? table.Partitions.Where(partition => partition.Name == name)
            : PartitionVectors.Text(select, "type") is { } type ? table.Select(type, PartitionVectors.Text(select, "subtype"))
            : table.BootDefault is { } boot ? [boot] : [];
        found = select.TryGetProperty("list", out _) ? found : found.Take(1);
        JsonElement expected = item.GetProperty("found");
        IEnumerable<(string?, byte, byte, uint, uint, bool, bool)> wanted = expected.ValueKind == JsonValueKind.Null ? [] : expected.EnumerateArray().Select(partition => (
            PartitionVectors.Text(partition, "name"),
            partition.GetProperty("type").GetByte(),
            partition.GetProperty("subtype").GetByte(),
            partition.GetProperty("offset").GetUInt32(),
            partition.GetProperty("size").GetUInt32(),
            partition.GetProperty("encrypted").GetBoolean(),
            partition.GetProperty("readonly").GetBoolean()));
        Assert.Equal(wanted, found.Select(partition => (
            (string?)partition.Name, partition.TypeNumber, partition.SubTypeNumber, partition.Offset, partition.Size, partition.Encrypted, partition.ReadOnly)));
    }

    [Fact]
    public void Type_that_there_is_not_is_said_with_those_that_there_are()
    {
        var table = PartitionTable.Parse(PartitionSamples.Binary());
        Assert.Equal(ErrorCode.ValueInvalid, Assert.Throws<Esp32Exception>(() => table.Select("date")).Code);
        Assert.Contains("nvs", Assert.Throws<Esp32Exception>(() => table.Select("data", "nvm")).Advice);
        Assert.Empty(table.Select("app", "nvs"));
    }

    [Fact]
    public void Any_table_survives_binary_csv_and_rows()
    {
        var random = new Random(1);
        for (int round = 0; round < 500; round++)
        {
            PartitionTable table = AnyTable(random);
            byte[] binary = table.ToBytes();
            Assert.Equal(table.Partitions, PartitionTable.Parse(binary).Partitions);
            byte[] csv = Encoding.UTF8.GetBytes(table.ToCsv());
            Assert.Equal(binary, PartitionTable.ParseCsv(csv).ToBytes());
            Assert.Equal(binary, PartitionTable.FromRows(table.Partitions.Select(Row)).ToBytes());
        }
    }

    [Theory]
    [InlineData("a,b")]
    [InlineData("#a")]
    [InlineData(" a")]
    [InlineData("$a")]
    [InlineData("a\nb")]
    public void Name_that_csv_cannot_carry_is_refused_there_and_fits_the_binary_form(string name)
    {
        PartitionTable table = new([new() { Name = name, TypeNumber = 1, SubTypeNumber = 2, Offset = 0x9000, Size = 0x3000 }]);
        Assert.Equal(name, Assert.Single(PartitionTable.Parse(table.ToBytes()).Partitions).Name);
        Assert.Equal(ErrorCode.PartitionTableInvalid, Assert.Throws<InputException>(() => table.ToCsv()).Code);
    }

    [Theory]
    [InlineData("a_name_of_17_byte")]
    [InlineData("a\0b")]
    public void Name_that_an_entry_cannot_hold_is_refused(string name) => Assert.Equal(
        ErrorCode.PartitionTableInvalid,
        Assert.Throws<InputException>(() => new PartitionTable([new() { Name = name, TypeNumber = 1, SubTypeNumber = 2, Offset = 0x9000, Size = 0x3000 }]).ToBytes()).Code);

    private static PartitionRow Row(Partition partition, int index) => new()
    {
        Place = $"row {index + 1}",
        Name = partition.Name,
        Type = partition.Type,
        SubType = partition.SubType,
        Offset = $"0x{partition.Offset:X}",
        Size = $"{partition.Size}",
        Flags = $"{(partition.Encrypted ? "encrypted" : string.Empty)}:{(partition.ReadOnly ? "readonly" : string.Empty)}",
    };

    private static PartitionTable AnyTable(Random random)
    {
        const string Letters = "abcdefghijklmnopqrstuvwxyzäö€_-. 0123456789";
        List<Partition> partitions = [];
        long free = 0x9000;
        int count = random.Next(1, 95);
        for (int i = 0; i < count && free < 0xFF00_0000; i++)
        {
            byte type = random.Next(3) == 0 ? (byte)0 : random.Next(2) == 0 ? (byte)1 : (byte)random.Next(0x40, 0xFF);
            uint alignment = type == 0 ? 0x1_0000u : 0x1000u;
            long offset = ((free + alignment - 1) / alignment * alignment) + (random.Next(3) * alignment);
            uint size = type == 0 ? (uint)random.Next(1, 64) * 0x1000 : (uint)random.Next(1, 0x8_0000);
            string name = $"{i}{string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => Letters[random.Next(Letters.Length)]))}".Trim();
            partitions.Add(new()
            {
                Name = name,
                TypeNumber = type,
                SubTypeNumber = (byte)random.Next(256),
                Offset = (uint)offset,
                Size = size,
                Encrypted = random.Next(2) == 0,
                ReadOnly = random.Next(2) == 0,
            });
            free = offset + size;
        }

        return new PartitionTable(partitions);
    }
}
