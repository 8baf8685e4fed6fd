using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Errors;
using Esp32Tools.FactoryData;
using Xunit;

namespace Esp32Tools.Core.Tests.FactoryData;

/// <summary>Byte for byte what the vendor's utility makes, and no where it says no for a reason.</summary>
public sealed class FactoryVectorTests
{
    // One that is always there; the others come from the shared cases.
    private const string Own = "own";

    // What the utility refuses and NVS has no reason to: columns in another order, and one of the integers.
    private static readonly string[] s_taken = ["17-bad-order", "22-bad-i16"];

    public static TheoryData<string> Cases => [Own, .. FactoryVectors.Ids()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Table_becomes_the_same_files(string id)
    {
        if (id == Own)
        {
            FactorySamples.AssertOwnCase();
            return;
        }

        JsonElement item = FactoryVectors.Case(id);
        if (item.GetProperty("exit_code").GetInt32() != 0 && !s_taken.Contains(id))
        {
            Esp32Exception error = FactoryVectors.Refusal(item);
            Assert.Equal(Expected(id), (error.Code, (error as FactoryDataException)?.Problems.Single().ToString() ?? error.Message));
            Assert.NotEmpty(error.Advice);
            return;
        }

        Dictionary<string, byte[]> made = FactoryVectors.Make(item);
        if (s_taken.Contains(id))
        {
            Assert.Equal(["bin/unit-1.bin", "csv/unit-1.csv"], made.Keys.Order());
            return;
        }

        JsonElement[] outputs = [.. item.GetProperty("outputs").EnumerateArray()];
        Assert.Equal(outputs.Select(output => output.GetProperty("name").GetString()!).Order(), made.Keys.Order());
        Assert.All(outputs, output => Assert.Equal(
            FactoryVectors.Read(output.GetProperty("file").GetString()!), made[output.GetProperty("name").GetString()!]));
    }

    private static (ErrorCode, string) Expected(string id) => id switch
    {
        "13-bad-datatype" => (ErrorCode.CsvInvalid, "'config.csv', line 2: there is no type 'value'."),
        "14-bad-encoding" => (ErrorCode.NvsItemInvalid, "'config.csv', line 2: There is no encoding 'u9'."),
        "15-bad-missing-key" => (ErrorCode.FactoryDataInvalid, "'values.csv', line 1: There is no column 'b'."),
        "16-bad-missing-value" => (ErrorCode.FactoryDataInvalid, "'values.csv', line 2: There is 1 field, and the header has 2."),
        "18-bad-fileid" => (ErrorCode.FactoryDataInvalid, "'values.csv', line 1: There is no column 'nothing'."),
        "19-bad-empty-config" => (ErrorCode.CsvInvalid, "'config.csv', line 1: there are no keys."),
        "20-bad-empty-values" => (ErrorCode.CsvInvalid, "'values.csv', line 1: the table is empty."),
        "21-bad-value" => (ErrorCode.FactoryDataInvalid, "'values.csv', line 3, column 'a': The value is no decimal number."),
        "23-bad-size" => (ErrorCode.ValueInvalid, "An NVS partition cannot have 0x1234 bytes: they are no multiple of 0x1000."),
        _ => (ErrorCode.ValueInvalid, "no such case"),
    };
}
