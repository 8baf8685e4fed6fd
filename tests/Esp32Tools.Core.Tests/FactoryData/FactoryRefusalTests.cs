using Esp32Tools.Errors;
using Esp32Tools.FactoryData;
using Xunit;

namespace Esp32Tools.Core.Tests.FactoryData;

/// <summary>Every refusal in its words: which file, which line, which rule.</summary>
public sealed class FactoryRefusalTests
{
    private const string Schema = "dev,namespace,\na,data,u8\n";

    [Theory]
    [InlineData("dev,namespace,\na,value,u8\n", "a\n1\n", ErrorCode.CsvInvalid, "'s.csv', line 2: there is no type 'value'.")]
    [InlineData("dev,namespace,\na,data,u9\n", "a\n1\n", ErrorCode.NvsItemInvalid, "'s.csv', line 2: There is no encoding 'u9'.")]
    [InlineData("", "a\n1\n", ErrorCode.CsvInvalid, "'s.csv', line 1: there are no keys.")]
    [InlineData(Schema, "", ErrorCode.CsvInvalid, "'t.csv', line 1: the table is empty.")]
    [InlineData(Schema + "b,data,u8\n", "a\n1\n", ErrorCode.FactoryDataInvalid, "'t.csv', line 1: There is no column 'b'.")]
    [InlineData(Schema + "b,data,u8\n", "a,b\n1\n", ErrorCode.FactoryDataInvalid, "'t.csv', line 2: There is 1 field, and the header has 2.")]
    [InlineData(Schema, "a\n1\nx\n", ErrorCode.FactoryDataInvalid, "'t.csv', line 3, column 'a': The value is no decimal number.")]
    public void Table_that_is_wrong_is_refused_with_its_place(string schema, string table, ErrorCode code, string words) =>
        AssertRefused(schema, table, FactorySamples.Options(), code, words);

    [Fact]
    public void Column_of_the_file_names_has_to_be_there() => AssertRefused(
        Schema, "a\n1\n", FactorySamples.Options() with { FileIdColumn = "nothing" }, ErrorCode.FactoryDataInvalid, "'t.csv', line 1: There is no column 'nothing'.");

    [Fact]
    public void Size_is_whole_pages() => AssertRefused(
        Schema, "a\n1\n", FactorySamples.Options() with { Size = 0x1234 }, ErrorCode.ValueInvalid,
        "An NVS partition cannot have 0x1234 bytes: they are no multiple of 0x1000.");

    private static void AssertRefused(string schema, string table, FactoryOptions options, ErrorCode code, string words)
    {
        Esp32Exception error = Assert.ThrowsAny<Esp32Exception>(() => FactorySamples.Units(schema, table, options));
        string said = error is FactoryDataException { Problems: [var problem] } ? problem.ToString() : error.Message;
        Assert.Equal((code, words), (error.Code, said));
        Assert.NotEmpty(error.Advice);
    }
}
