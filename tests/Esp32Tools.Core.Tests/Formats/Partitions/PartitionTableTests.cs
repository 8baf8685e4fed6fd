using System.Linq;
using System.Text;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Partitions;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Partitions;

public sealed class PartitionTableTests
{
    [Fact]
    public void Partitions_have_names_and_numbers()
    {
        var table = PartitionTable.Parse(PartitionSamples.Binary(), "COM5");
        Partition factory = table.Find("factory");
        Assert.Equal(("app", 0, "factory", 0), (factory.Type, factory.TypeNumber, factory.SubType, factory.SubTypeNumber));
        Assert.Equal((0x1_0000u, 0x10_0000u, 0x11_0000), (factory.Offset, factory.Size, factory.End));
        Assert.True(factory.Encrypted);
        Assert.True(factory.ReadOnly);
        Assert.True(table.HasMd5);
        Assert.Equal(["nvs", "factory"], table.Partitions.Select(partition => partition.Name));
    }

    [Fact]
    public void Numbers_without_names_are_shown_in_hexadecimal()
    {
        Partition own = new() { Name = "own", TypeNumber = 0x40, SubTypeNumber = 0x9A, Offset = 0x9000, Size = 0x1000 };
        Assert.Equal(("0x40", "0x9A"), (own.Type, own.SubType));
    }

    [Fact]
    public void Partition_that_is_not_there_is_named_with_those_that_are()
    {
        InputException error = Assert.Throws<InputException>(() => PartitionTable.Parse(PartitionSamples.Binary()).Find("storage"));
        Assert.Equal(ErrorCode.PartitionNotFound, error.Code);
        Assert.Equal("storage", error.Target);
        Assert.Contains("nvs, factory", error.Advice);
    }

    [Theory]
    [InlineData("blank")]
    [InlineData("short")]
    [InlineData("empty")]
    [InlineData("something else")]
    public void No_table_is_missing_and_not_damaged(string what)
    {
        byte[] bytes = what switch
        {
            "blank" => [.. Enumerable.Repeat((byte)0xFF, 0x1000)],
            "short" => [0xAA, 0x50],
            "empty" => [],
            _ => new byte[0xC00],
        };
        InputException error = Assert.Throws<InputException>(() => PartitionTable.Parse(bytes, "COM5"));
        Assert.Equal(ErrorCode.PartitionTableMissing, error.Code);
        Assert.Equal("COM5", error.Target);
        Assert.Contains("COM5", error.Message);
    }

    [Fact]
    public void Every_changed_bit_below_the_end_is_noticed()
    {
        byte[] good = PartitionSamples.Binary();
        for (int bit = 0; bit < 4 * 32 * 8; bit++)
        {
            byte[] bad = (byte[])good.Clone();
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            // The filling between the magic of the MD5 entry and the MD5 says nothing.
            if (bit / 8 is >= 66 and < 80)
            {
                Assert.Equal(2, PartitionTable.Parse(bad).Partitions.Count);
                continue;
            }

            Assert.Throws<InputException>(() => PartitionTable.Parse(bad));
        }
    }

    [Fact]
    public void Table_cut_off_before_its_end_is_damaged()
    {
        byte[] good = PartitionSamples.Binary();
        for (int length = 32; length < 4 * 32; length++)
        {
            InputException error = Assert.Throws<InputException>(() => PartitionTable.Parse(good[..length]));
            Assert.Equal(ErrorCode.PartitionTableInvalid, error.Code);
        }

        Assert.Equal(2, PartitionTable.Parse(good[..(4 * 32)]).Partitions.Count);
    }

    [Fact]
    public void All_broken_rules_are_told_at_once_with_their_partitions()
    {
        PartitionTable table = new(
        [
            new() { Name = "a", TypeNumber = 0, SubTypeNumber = 0, Offset = 0x9000, Size = 0x1_0100 },
            new() { Name = "b", TypeNumber = 1, SubTypeNumber = 2, Offset = 0xA000, Size = 0x1000 },
        ]);
        InputException error = Assert.Throws<InputException>(() => table.EnsureValid(new() { FlashSize = 0xA800 }));
        Assert.Equal(ErrorCode.PartitionTableInvalid, error.Code);
        Assert.Equal(6, table.FindViolations(new() { FlashSize = 0xA800 }).Count);
        Assert.All(table.FindViolations(), violation => Assert.Contains(violation, error.Message));
    }

    [Theory]
    [InlineData("x,data,nvs,0x9000,0x6000,\ny,data,nvs,zz,4K", "line 2", "zz")]
    [InlineData("\n# comment\nx,app,,,1M", "line 3", "subtype")]
    [InlineData("x,data,nvs,0x9000,$SIZE", "line 1", "SIZE")]
    [InlineData("x,data,nvs,0x9000,0x1FFFFFFFF", "line 1", "0x1FFFFFFFF")]
    [InlineData("x,data,nvs,0xFFFFF000,4M", "line 1", "32 bits")]
    [InlineData("x,data,nvs,0x9000,-0x8000", "line 1", "0x8000")]
    public void Wrong_line_is_named_with_what_is_wrong(string csv, string line, string what)
    {
        InputException error = Assert.Throws<InputException>(
            () => PartitionTable.ParseCsv(Encoding.UTF8.GetBytes(csv), new() { Environment = _ => null }, "partitions.csv"));
        Assert.Equal(ErrorCode.PartitionTableInvalid, error.Code);
        Assert.Contains("partitions.csv", error.Message);
        Assert.Contains(line, error.Message);
        Assert.Contains(what, error.Message);
    }

    [Theory]
    [InlineData("0x10", 16)]
    [InlineData("0o17", 15)]
    [InlineData("0B101", 5)]
    [InlineData("4k", 4096)]
    [InlineData("-2M", -2 * 1024 * 1024)]
    [InlineData("0", 0)]
    [InlineData("4294967295", 4294967295)]
    public void Number_is_read(string text, long expected)
    {
        Assert.True(PartitionNumber.TryParse(text, out long value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("K")]
    [InlineData("0x")]
    [InlineData("0xK")]
    [InlineData("1 0")]
    [InlineData("0b2")]
    [InlineData("4294967296")]
    [InlineData("99999999999999999999999999999999999999")]
    public void What_is_no_number_is_refused(string text) => Assert.False(PartitionNumber.TryParse(text, out _));

    [Theory]
    [InlineData("\r")]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void Lines_of_csv_end_in_any_way(string end)
    {
        string csv = string.Join(end, "# Name, Type, SubType, Offset, Size", "nvs, data, nvs, 0x9000, 24K", "app, app, factory, 0x10000, 1M", string.Empty);
        PartitionTable table = PartitionTable.ParseCsv(Encoding.UTF8.GetBytes(csv));
        Assert.Equal(["nvs", "app"], table.Partitions.Select(partition => partition.Name));
        Assert.Null(table.Emptiness);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a comment")]
    public void Csv_without_a_partition_says_so(string csv) =>
        Assert.Contains("no partition", PartitionTable.ParseCsv(Encoding.UTF8.GetBytes(csv)).Emptiness);

    [Theory]
    [InlineData("nvs;data;nvs;0x9000;24K;", "semicolons")]
    [InlineData("nvs\tdata\tnvs\t0x9000\t24K", "tabs")]
    public void Other_marks_than_commas_are_named(string csv, string name)
    {
        InputException error = Assert.Throws<InputException>(() => PartitionTable.ParseCsv(Encoding.UTF8.GetBytes(csv)));
        Assert.Equal(ErrorCode.PartitionTableInvalid, error.Code);
        Assert.Contains(name, error.Message);
        Assert.Contains("line 1", error.Message);
    }
}
