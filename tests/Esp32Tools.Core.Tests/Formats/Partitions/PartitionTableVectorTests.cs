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
    // One that is always there; the others come from the shared cases.
    private const string Own = "own";

    // Names longer than 16 bytes: the tool cuts them off without a word, this module refuses them.
    private const string LongName = "12-names";

    public static TheoryData<string> Generate => [Own, .. PartitionVectors.Ids("generate")];

    public static TheoryData<string> Parse => [Own, .. PartitionVectors.Ids("parse")];

    [Theory]
    [MemberData(nameof(Generate))]
    public void Csv_becomes_the_same_binary(string id)
    {
        if (id == Own)
        {
            PartitionTable own = PartitionTable.ParseCsv(PartitionSamples.Csv);
            own.EnsureValid();
            Assert.Equal(PartitionSamples.Binary(), own.ToBytes());
            return;
        }

        JsonElement item = PartitionVectors.Case("generate", id);
        string[] switches = PartitionVectors.Switches(item);
        if (item.GetProperty("exit_code").GetInt32() != 0 || id == LongName)
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
    [MemberData(nameof(Generate))]
    public void Binary_becomes_the_same_csv_again(string id)
    {
        if (id == Own)
        {
            Assert.Equal(PartitionSamples.CsvAgain, PartitionTable.Parse(PartitionSamples.Binary()).ToCsv());
            return;
        }

        JsonElement item = PartitionVectors.Case("generate", id);
        if (!item.TryGetProperty("back", out JsonElement back) || PartitionVectors.Text(back, "csv") is not { } csv)
        {
            return;
        }

        var table = PartitionTable.Parse(PartitionVectors.Read(PartitionVectors.Text(item, "bin")!));
        Assert.Equal(Encoding.UTF8.GetString(PartitionVectors.Read(csv)), table.ToCsv(PartitionVectors.Options(item)));
    }

    [Theory]
    [MemberData(nameof(Parse))]
    public void Binary_is_read_or_refused_as_the_tool_does(string id)
    {
        if (id == Own)
        {
            PartitionTable.Parse(PartitionSamples.Binary()).EnsureValid();
            return;
        }

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
}
