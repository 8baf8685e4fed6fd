using System;
using System.IO;
using System.Linq;
using System.Text;
using Esp32Tools.Formats.Csv;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Csv;

public sealed class CsvWriterTests
{
    // What Python's csv.writer makes of them.
    [Theory]
    [InlineData("a,b\r\n", "a", "b")]
    [InlineData(",\r\n", "", "")]
    [InlineData("\"\"\r\n", "")]
    [InlineData("\"a,b\",\"c\"\"d\",\"e\nf\",' g #\r\n", "a,b", "c\"d", "e\nf", "' g #")]
    public void Fields_are_quoted_where_they_need_it(string expected, params string[] fields)
    {
        var text = new StringBuilder();
        CsvWriter.Append(text, fields);
        Assert.Equal(expected, text.ToString());
    }

    [Fact]
    public void Reader_gives_back_what_was_written()
    {
        var random = new Random(5);
        string[][] records =
        [
            .. Enumerable.Range(0, 500).Select(_ => Enumerable.Range(0, random.Next(1, 5))
                .Select(_ => new string([.. Enumerable.Range(0, random.Next(0, 6)).Select(_ => ",\"\n a\u00E9#;"[random.Next(8)])]))
                .ToArray()),
        ];
        var text = new StringBuilder();
        foreach (string[] record in records)
        {
            CsvWriter.Append(text, record);
        }

        Assert.Equal(records, new CsvReader(new StringReader(text.ToString())).ReadAll().Select(record => record.Fields.ToArray()));
    }
}
