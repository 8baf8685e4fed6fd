using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Esp32Tools.Errors;
using Esp32Tools.FactoryData;
using Xunit;

namespace Esp32Tools.Core.Tests.FactoryData;

/// <summary>Rows and schemas that are objects: of a spreadsheet, a database, a script.</summary>
public sealed class FactoryObjectTests
{
    public static TheoryData<string, object> Good => new()
    {
        { "u8", 7 }, { "u8", 7L }, { "u8", 7.0 }, { "u8", 7m }, { "u8", "7" }, { "u8", true }, { "u64", ulong.MaxValue }, { "i64", long.MinValue },
        { "string", "text" }, { "string", 12345 }, { "string", 12345.0 }, { "string", 'x' }, { "string", Guid.Empty },
        { "hex2bin", "0aFF" }, { "hex2bin", new byte[] { 0x0A, 0xFF } }, { "base64", Array.Empty<byte>() }, { "binary", new byte[] { 1 } },
        { "blob_fill(4;0xFF)", new byte[] { 1 } },
    };

    public static TheoryData<string, object> Bad => new()
    {
        { "u8", 256 }, { "u8", 1.5 }, { "u8", DateTime.MinValue }, { "u8", new byte[] { 1 } }, { "string", DateTime.MinValue }, { "string", true },
        { "string", new byte[] { 1 } }, { "hex2bin", 1234 }, { "base64", 1234 }, { "binary", 1 }, { "blob_fill(1;0xFF)", new byte[] { 1, 2 } },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void Value_of_a_fitting_type_is_taken_and_its_csv_makes_the_same_image(string encoding, object value)
    {
        string schema = $"dev,namespace,\na,data,{encoding}\n";
        FactoryUnit unit = FactorySamples.Units(FactorySamples.Batch(schema, [Row(("A", value))])).Single();
        var builder = new Esp32Tools.Formats.Nvs.NvsImageBuilder(0x3000);
        using var csv = new StringReader(Encoding.UTF8.GetString(unit.ToCsv()));
        foreach (Esp32Tools.Formats.Nvs.NvsItem item in Esp32Tools.Formats.Nvs.NvsCsv.Read(csv))
        {
            builder.Add(item);
        }

        Assert.Equal(builder.ToBytes(), unit.ToImage());
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void Value_of_another_type_is_refused(string encoding, object value)
    {
        FactoryProblem problem = FactorySamples.Problems(FactorySamples.Batch($"dev,namespace,\na,data,{encoding}\n", [Row(("a", value))])).Problems.Single();
        Assert.Equal((1, null, "a", FactoryRule.Value), (problem.Row, problem.Line, problem.Column, problem.Rule));
        Assert.StartsWith("Row 1, column 'a': ", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Nothing_is_a_missing_value_whatever_it_looks_like(object? nothing)
    {
        Assert.Equal(FactoryRule.Missing, FactorySamples.Problems(FactorySamples.Batch("dev,namespace,\na,data,string\n", [Row(("a", nothing))])).Problems.Single().Rule);
        Assert.Equal(FactoryRule.Missing, FactorySamples.Problems(FactorySamples.Batch("dev,namespace,\na,data,string\n", [Row(("a", DBNull.Value))])).Problems.Single().Rule);
    }

    [Fact]
    public void Rows_need_not_have_the_same_properties()
    {
        FactorySchema schema = Schema(Row(("Namespace", "dev"), ("Key", "a"), ("Encoding", "u8")), Row(("Key", "b"), ("Encoding", "u8"), ("Optional", true)));
        FactoryObjectTable table = FactorySamples.TableOf([Row(("a", 1)), Row(("B", 2), ("A", 3), ("port", "COM5"))]);
        FactoryUnit[] units = FactorySamples.Units(new FactoryBatch(schema, table, FactorySamples.Options()));
        Assert.Equal([1, 2], units.Select(unit => unit.Values.Count));
        Assert.Equal(("port", "COM5"), (units[1].Metadata.Single().Key, units[1].Metadata.Single().Value));
    }

    [Fact]
    public void Schema_of_objects_is_that_of_the_csv()
    {
        FactorySchema objects = Schema(
            Row(("Namespace", "dev"), ("Key", "serial"), ("Type", "data"), ("Encoding", "string")),
            Row(("Key", "key"), ("Type", "file"), ("Encoding", "binary"), ("Repeat", "REPEAT")),
            Row(("Type", "namespace"), ("Key", "net")),
            Row(("Key", "port"), ("Type", "u16"), ("Repeat", "")),
            Row(("Namespace", "net"), ("Key", "mac"), ("Type", "hex2bin"), ("Repeat", null)));
        var batch = new FactoryBatch(objects, new FactoryCsvTable(() => new StringReader(FactorySamples.Table)), FactorySamples.Options());
        Assert.Equal(FactorySamples.Units(FactorySamples.Schema, FactorySamples.Table)[1].ToCsv(), FactorySamples.Units(batch)[1].ToCsv());
    }

    [Fact]
    public void Ranges_and_patterns_of_a_schema_are_kept_to()
    {
        FactorySchema schema = Schema(
            Row(("Namespace", "dev"), ("Key", "n"), ("Encoding", "u8"), ("Min", "2"), ("Max", 4), ("Column", "count")),
            Row(("Key", "s"), ("Encoding", "string"), ("Pattern", "^SN[0-9]+$")));
        var table = new FactoryCsvTable(() => new StringReader("count,s\n2,SN1\n4,SN2\n1,SN3\n5,SN4\n3,sn5\n"), "t.csv");
        FactoryDataException error = FactorySamples.Problems(new FactoryBatch(schema, table, FactorySamples.Options()));
        Assert.Equal(
            [(3, "count", FactoryRule.Range), (4, "count", FactoryRule.Range), (5, "s", FactoryRule.Pattern)],
            error.Problems.Select(problem => (problem.Row!.Value, problem.Column!, problem.Rule)));
    }

    [Theory]
    [InlineData("Kye", "a")]
    [InlineData("Unique", "perhaps")]
    [InlineData("Max", "many")]
    [InlineData("Pattern", "(")]
    public void Schema_with_a_mistake_is_refused_with_its_row(string name, string value)
    {
        InputException error = Assert.Throws<InputException>(() => Schema(Row(("Namespace", "dev"), ("Key", "a"), ("Type", "u8"), (name, value))));
        Assert.Equal(ErrorCode.ValueInvalid, error.Code);
        Assert.StartsWith("Row 1 of the schema: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Max", "1", "string")]
    [InlineData("Pattern", "a", "binary")]
    [InlineData("Key", "sixteen-letters-", "u8")]
    [InlineData("Namespace", "", "u8")]
    [InlineData("Type", "", "")]
    public void Schema_that_NVS_cannot_keep_is_refused(string name, string value, string type)
    {
        Dictionary<string, object?> row = Row(("Namespace", "dev"), ("Key", "a"), ("Type", type));
        row[name] = value;
        Assert.Equal(ErrorCode.NvsItemInvalid, Assert.Throws<InputException>(() => Schema(row)).Code);
    }

    [Theory]
    [InlineData("a,data,u8\n", ErrorCode.CsvInvalid)]
    [InlineData("dev,namespace,\na,data,u8,ONCE\n", ErrorCode.CsvInvalid)]
    [InlineData("dev,namespace,\na,data,u8,,x\n", ErrorCode.CsvInvalid)]
    [InlineData("dev,namespace,\na,data\n", ErrorCode.NvsItemInvalid)]
    [InlineData("dev,namespace,\na\n", ErrorCode.CsvInvalid)]
    [InlineData("dev,namespace,\na,data,u8\na,data,u16\n", ErrorCode.NvsItemInvalid)]
    [InlineData("dev,namespace,\nsixteen-letters-,data,u8\n", ErrorCode.NvsItemInvalid)]
    [InlineData("dev,namespace,\n", ErrorCode.CsvInvalid)]
    public void Configuration_with_a_mistake_is_refused_with_its_line(string csv, ErrorCode code)
    {
        InputException error = Assert.Throws<InputException>(() => FactorySchema.ReadCsv(new StringReader(csv), "s.csv"));
        Assert.Equal(code, error.Code);
        Assert.StartsWith("'s.csv', line ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Configuration_may_have_a_header_comments_and_blanks()
    {
        var schema = FactorySchema.ReadCsv(new StringReader("key,type,encoding\n# units\n\ndev,namespace,,\n serial , data , string , repeat\n"));
        Assert.Equal(("dev", "serial", true), (schema.Fields[0].Namespace, schema.Fields[0].Key, schema.Fields[0].IsRepeated));
    }

    private static FactorySchema Schema(params Dictionary<string, object?>[] rows) => FactorySchema.FromRows(rows);

    private static Dictionary<string, object?> Row(params (string Name, object? Value)[] properties) =>
        properties.ToDictionary(property => property.Name, property => property.Value);
}
