using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Partitions;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Partitions;

/// <summary>Byte for byte what ESP-IDF's own tool makes, and no where it says no.</summary>
public sealed class PartitionTableVectorTests
{
    private const int LongestName = 16;

    public static TheoryData<string> Generate => [.. PartitionVectors.Ids("generate")];

    public static TheoryData<string> ReadBack => [.. PartitionVectors.Ids("generate").Where(id => CsvAgain(PartitionVectors.Case("generate", id)) is not null)];

    public static TheoryData<string> Parse => [.. PartitionVectors.Ids("parse")];

    [Fact]
    public void Sample_becomes_the_binary_and_the_csv_that_are_known()
    {
        PartitionTable table = PartitionTable.ParseCsv(PartitionSamples.Csv);
        table.EnsureValid();
        Assert.Equal(PartitionSamples.Binary(), table.ToBytes());
        PartitionTable read = PartitionTable.Parse(PartitionSamples.Binary());
        read.EnsureValid();
        Assert.Equal(PartitionSamples.CsvAgain, read.ToCsv());
    }

    [Theory]
    [MemberData(nameof(Generate))]
    public void Csv_becomes_the_same_binary(string id)
    {
        JsonElement item = PartitionVectors.Case("generate", id);
        string[] switches = PartitionVectors.Switches(item);
        if (item.GetProperty("exit_code").GetInt32() != 0 || HasLongName(item))
        {
            InputException error = Assert.Throws<InputException>(Build);
            Assert.True(error.Code is ErrorCode.PartitionTableInvalid or ErrorCode.ValueInvalid);
            Assert.NotEmpty(error.Advice);
            return;
        }

        Assert.Equal(PartitionVectors.Read(PartitionVectors.Text(item, "bin")!), Build());

        byte[] Build()
        {
            PartitionTableOptions options = PartitionVectors.Options(item);
            PartitionTable table = PartitionTable.ParseCsv(PartitionVectors.Read(PartitionVectors.Text(item, "csv")!), options, id);
            if (!switches.Contains("--no-verify"))
            {
                table.EnsureValid(options);
            }

            int warnings = item.TryGetProperty("warnings", out JsonElement expected) ? expected.GetArrayLength() : 0;
            Assert.Equal(warnings, table.Warnings.Count);
            return table.ToBytes(withMd5: !switches.Contains("--disable-md5sum"));
        }
    }

    [Theory]
    [MemberData(nameof(ReadBack))]
    public void Binary_becomes_the_same_csv_again(string id)
    {
        JsonElement item = PartitionVectors.Case("generate", id);
        var table = PartitionTable.Parse(PartitionVectors.Read(PartitionVectors.Text(item, "bin")!));
        Assert.Equal(Encoding.UTF8.GetString(PartitionVectors.Read(CsvAgain(item)!)), table.ToCsv(PartitionVectors.Options(item)));
    }

    [Theory]
    [MemberData(nameof(Parse))]
    public void Binary_is_read_or_refused_as_the_tool_does(string id)
    {
        JsonElement item = PartitionVectors.Case("parse", id);
        byte[] bytes = PartitionVectors.Read(PartitionVectors.Text(item, "bin")!);
        PartitionTableOptions options = PartitionVectors.Options(item);
        if (PartitionVectors.Text(item, "csv") is { } csv)
        {
            var table = PartitionTable.Parse(bytes);
            Assert.Equal(Encoding.UTF8.GetString(PartitionVectors.Read(csv)), table.ToCsv(options));
            Assert.Equal(item.TryGetProperty("warnings", out _), table.Warnings.Count > 0);
            return;
        }

        InputException error = Assert.Throws<InputException>(() => PartitionTable.Parse(bytes).EnsureValid(options));
        bool blank = Array.TrueForAll(bytes[..32], value => value == 0xFF);
        Assert.Equal(blank ? ErrorCode.PartitionTableMissing : ErrorCode.PartitionTableInvalid, error.Code);
    }

    // The tool cuts such a name off without a word, this module refuses it (formats.md, section 1).
    private static bool HasLongName(JsonElement item) => Encoding.UTF8.GetString(PartitionVectors.Read(PartitionVectors.Text(item, "csv")!)).Split('\n')
        .Any(line => !line.StartsWith('#') && line.Contains(',') && Encoding.UTF8.GetByteCount(line.Split(',')[0].Trim()) > LongestName);

    private static string? CsvAgain(JsonElement item) => item.TryGetProperty("back", out JsonElement back) ? PartitionVectors.Text(back, "csv") : null;
}
