using System.IO;
using System.Linq;
using System.Text;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Csv;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Csv;

public sealed class CsvReaderTests
{
    // Expectations as Python's csv.reader gives them.
    [Theory]
    [InlineData("a,b,c", "a|b|c")]
    [InlineData("a,,", "a||")]
    [InlineData(",", "|")]
    [InlineData(" a , b ", " a | b ")]
    [InlineData("\"a,b\",c", "a,b|c")]
    [InlineData("\"a \"\"b\"\" c\"", "a \"b\" c")]
    [InlineData("a\"b\",c", "a\"b\"|c")]
    [InlineData("\"a\"b,c", "ab|c")]
    [InlineData("\"a\" \"b\",c", "a \"b\"|c")]
    [InlineData(" \"a\",b", " \"a\"|b")]
    [InlineData("\"\",\"\"", "|")]
    [InlineData("\"a\r\nb\",c\r\n", "a\nb|c")]
    [InlineData("\"\n\n\"", "\n\n")]
    [InlineData("\n\r\n\na,b\n", "a|b")]
    [InlineData("#a,b", "#a|b")]
    public void Fields_are_those_of_python(string text, string expected)
    {
        CsvRecord record = Assert.Single(new CsvReader(new StringReader(text)).ReadAll());
        Assert.Equal(expected, string.Join("|", record.Fields));
    }

    [Fact]
    public void Lines_are_counted_over_quotes_comments_and_empty_lines()
    {
        const string Text = "# first\na,\"x\n# not a comment\n\"\n\nb,1\n";
        CsvRecord[] records = [.. new CsvReader(new StringReader(Text), comment: '#').ReadAll()];
        Assert.Equal([2, 6], records.Select(record => record.Line));
        Assert.Equal("x\n# not a comment\n", records[0].Fields[1]);
    }

    [Fact]
    public void Quote_that_is_never_closed_is_refused_at_its_line()
    {
        var reader = new CsvReader(new StringReader("a,b\nc,\"d\ne,f\n"), "t.csv");
        Assert.NotNull(reader.Read());
        InputException error = Assert.Throws<InputException>(reader.Read);
        Assert.Equal(ErrorCode.CsvInvalid, error.Code);
        Assert.StartsWith("'t.csv', line 2: ", error.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_of_another_encoding_are_refused()
    {
        using var text = new StreamReader(new MemoryStream([0x61, 0x2C, 0xFC, 0x0A]), new UTF8Encoding(false, throwOnInvalidBytes: true));
        Assert.Equal(ErrorCode.CsvInvalid, Assert.Throws<InputException>(new CsvReader(text).Read).Code);
    }

    [Fact]
    public void Reads_no_further_than_asked()
    {
        using var text = new StringReader("a\nb\n\"open");
        var reader = new CsvReader(text);
        Assert.Equal("a", reader.Read()!.Fields[0]);
        Assert.Equal("b", text.ReadLine());
    }
}
