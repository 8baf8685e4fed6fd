using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.FactoryData;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Core.Tests.FactoryData;

public sealed class FactoryCheckTests
{
    private const string Schema = "dev,namespace,\nserial,data,string\nn,data,u8\n";

    [Fact]
    public void All_that_is_wrong_is_found_at_once_with_row_and_column()
    {
        FactoryDataException error = FactorySamples.Problems(Schema, "serial,n\nA,1\nB,256\n,x\nC,2,3\nD,\nE,-1\n");
        Assert.Equal(ErrorCode.FactoryDataInvalid, error.Code);
        Assert.Equal(
            [
                "2/3/n/Value", "3/4/serial/Missing", "3/4/n/Value", "4/5//Form", "5/6/n/Missing", "6/7/n/Value",
            ],
            error.Problems.Select(problem => $"{problem.Row}/{problem.Line}/{problem.Column}/{problem.Rule}"));
        Assert.Equal(6, error.Count);
        Assert.All(error.Problems, problem => Assert.NotEmpty(problem.Advice));
        Assert.StartsWith("6 things are wrong, and nothing was written:", error.Message, StringComparison.Ordinal);
        Assert.Contains("'t.csv', line 3, column 'n': 256 does not fit U8.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_stays_short_and_the_list_has_an_end_and_the_count_has_not()
    {
        string rows = string.Concat(Enumerable.Range(1, 1500).Select(i => $"S{i},x\n"));
        FactoryDataException error = FactorySamples.Problems(Schema, "serial,n\n" + rows);
        Assert.Equal((1500, 1000), (error.Count, error.Problems.Length));
        Assert.Equal(Enumerable.Range(1, 1000), error.Problems.Select(problem => problem.Row!.Value));
        Assert.Equal(12, error.Message.Split('\n').Length);
        Assert.EndsWith("and 1490 more.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hunter2hunter2,x", "u8")]
    [InlineData("hunter2,1", "hex2bin")]
    [InlineData("hunter2!,1", "base64")]
    public void No_message_quotes_a_value(string row, string encoding)
    {
        FactoryDataException error = FactorySamples.Problems($"dev,namespace,\nserial,data,{encoding}\nn,data,u8\n", $"serial,n\n{row}\n");
        Assert.DoesNotContain("hunter2", error + string.Concat(error.Problems.Select(problem => problem.ToString() + problem.Advice)), StringComparison.Ordinal);
    }

    [Fact]
    public void Cell_of_a_megabyte_is_in_no_message()
    {
        FactoryDataException error = FactorySamples.Problems($"dev,namespace,\nf,file,binary\n", $"f\n{new string('n', 1_000_000)}one\nnone\u001B[2J\n");
        Assert.InRange(error.Message.Length, 10, 3000);
        Assert.All(error.Problems, problem => Assert.InRange(problem.Message.Length, 10, 1200));
        Assert.Contains(@"none\x1B[2J", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pattern_that_does_not_end_is_told_with_its_row_and_ends_the_work()
    {
        var schema = FactorySchema.FromRows(
        [
            new Dictionary<string, object?> { ["Namespace"] = "dev", ["Key"] = "s", ["Type"] = "string", ["Pattern"] = Errors.UserPatternTests.Endless },
        ]);
        string rows = string.Concat(Enumerable.Range(1, 5000).Select(_ => Errors.UserPatternTests.Text + "\n"));
        var batch = new FactoryBatch(schema, new FactoryCsvTable(() => new StringReader("s\naaa\n" + rows), "t.csv"), FactorySamples.Options());
        InputException? error = null;
        Limits.Within(TimeSpan.FromMinutes(2), () => error = Assert.Throws<InputException>(() => batch.Check(null, null, CancellationToken.None)));
        Assert.Equal(ErrorCode.PatternTimeout, error!.Code);
        Assert.StartsWith("'t.csv', line 3, column 's': The pattern '^(a|aa|a+)+$' does not come to an end", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("aaaaaa", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_are_told_apart_as_file_systems_do_that_know_no_case()
    {
        FactoryOptions options = FactorySamples.Options() with { FileIdColumn = "serial" };
        FactoryProblem problem = FactorySamples.Problems(Schema, "serial,n\nSN1,1\nB,1\nsn1,2\n", options).Problems.Single();
        Assert.Equal((3, "serial", FactoryRule.Duplicate), (problem.Row, problem.Column, problem.Rule));
        Assert.Contains("row 1", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u00E9", "e\u0301")]
    [InlineData("SN1", "sn1")]
    public void Ids_are_told_apart_as_the_most_forgetful_file_system_does(string one, string other)
    {
        FactoryOptions options = FactorySamples.Options() with { FileIdColumn = "serial" };
        FactoryProblem problem = FactorySamples.Problems(Schema, $"serial,n\n{one},1\n{other},1\n", options).Problems.Single();
        Assert.Equal((2, FactoryRule.Duplicate), (problem.Row, problem.Rule));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("nul")]
    [InlineData("com\u00B9")]
    [InlineData("conin$")]
    [InlineData("a\u0000b")]
    public void Id_that_some_system_cannot_store_is_told(string id)
    {
        FactoryOptions options = FactorySamples.Options() with { FileIdColumn = "serial", Prefix = string.Empty };
        Assert.Contains(FactorySamples.Problems(Schema, $"serial,n\n{id},1\n", options).Problems, problem => problem.Rule == FactoryRule.FileName);
    }

    [Fact]
    public void Unique_values_are_compared_and_not_their_spelling()
    {
        var schema = FactorySchema.FromRows([new Dictionary<string, object?> { ["Namespace"] = "dev", ["key"] = "n", ["TYPE"] = "u8", ["Unique"] = true }]);
        var batch = new FactoryBatch(schema, new FactoryCsvTable(() => new StringReader("n\n1\n2\n+01\n")), FactorySamples.Options());
        FactoryProblem problem = FactorySamples.Problems(batch).Problems.Single();
        Assert.Equal("Line 4, column 'n': The value is that of row 1 as well.", problem.ToString());
    }

    [Fact]
    public void Ids_are_compared_where_other_values_are_wrong()
    {
        FactoryOptions options = FactorySamples.Options() with { FileIdColumn = "serial" };
        Assert.Equal(
            [(1, FactoryRule.Value), (2, FactoryRule.Missing), (3, FactoryRule.Missing), (3, FactoryRule.Duplicate)],
            FactorySamples.Problems(Schema, "serial,n\nA,x\n,1\nA,\n", options).Problems.Select(problem => (problem.Row!.Value, problem.Rule)));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("..\\x")]
    [InlineData("a:b")]
    [InlineData("..")]
    [InlineData("dot.")]
    [InlineData("blank ")]
    [InlineData("tab\tinside")]
    public void Ids_that_are_no_file_name_are_refused(string id)
    {
        FactoryOptions options = FactorySamples.Options() with { FileIdColumn = "serial" };
        Assert.Equal(FactoryRule.FileName, FactorySamples.Problems(Schema, $"serial,n\n{id},1\n", options).Problems.Single().Rule);
    }

    [Fact]
    public void Names_of_devices_of_Windows_are_refused_without_a_prefix()
    {
        FactoryOptions options = FactorySamples.Options() with { FileIdColumn = "serial", Prefix = string.Empty };
        Assert.Equal(FactoryRule.FileName, FactorySamples.Problems(Schema, "serial,n\nCOM1,1\n", options).Problems.Single().Rule);
        Assert.Equal("COM1x", FactorySamples.Units(Schema, "serial,n\nCOM1x,1\n", options)[0].Name);
    }

    [Fact]
    public void Numbers_in_names_go_on_beyond_their_digits()
    {
        FactoryOptions options = FactorySamples.Options() with { FirstNumber = 9, NumberLength = 1 };
        Assert.Equal(["unit-9-1", "unit-10-2"], FactorySamples.Units(Schema, "serial,n\nA,1\nB,2\n", options).Select(unit => unit.Name));
    }

    [Fact]
    public void Values_that_do_not_fit_the_partition_are_found_before_anything_is_made()
    {
        const string Blob = "dev,namespace,\nserial,data,string\nb,data,binary\n";
        FactoryOptions options = FactorySamples.Options() with { Size = 0x1000 };
        FactoryProblem problem = FactorySamples.Problems(Blob, $"serial,b\nA,x\nB,{new string('y', 5000)}\n", options).Problems.Single();
        Assert.Equal((2, FactoryRule.Size), (problem.Row, problem.Rule));
    }

    [Fact]
    public void Names_of_columns_that_are_missing_are_all_told_and_other_separators_are_recognized()
    {
        FactoryDataException error = FactorySamples.Problems(Schema, "serial;n\nA;1\n");
        Assert.Equal(["There is no column 'serial'.", "There is no column 'n'."], error.Problems.Select(problem => problem.Message));
        Assert.Contains("semicolons", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_columns_of_one_name_are_refused_unless_nobody_needs_them()
    {
        Assert.Equal(FactoryRule.Column, FactorySamples.Problems(Schema, "serial,n,n\nA,1,2\n").Problems.Single().Rule);
        Assert.Single(FactorySamples.Units(Schema, "serial,n,note,note,,\nA,1,2,3,,\n"));
    }

    [Fact]
    public void Key_of_two_namespaces_takes_its_columns_in_order_or_shares_one()
    {
        const string Two = "a,namespace,\nn,data,u8\nb,namespace,\nn,data,u8\n";
        byte[] image = FactorySamples.Units(Two, "n,n\n1,2\n")[0].ToImage();
        Assert.Equal([1, 2], new[] { image[64 + 32 + 24], image[64 + 96 + 24] });
        image = FactorySamples.Units(Two, "n\n7\n")[0].ToImage();
        Assert.Equal([7, 7], new[] { image[64 + 32 + 24], image[64 + 96 + 24] });
    }

    [Fact]
    public void Columns_are_found_in_any_case_but_the_very_name_comes_first()
    {
        Assert.Single(FactorySamples.Units(Schema, "Serial, N \nA,1\n"));
        Assert.Equal("N", FactorySamples.Units(Schema, "serial,N,n\nA,x,1\n")[0].Metadata.Single().Key);
    }

    [Fact]
    public void Repeated_value_of_another_row_has_to_be_empty_or_the_same()
    {
        const string Repeat = "dev,namespace,\nserial,data,string\nn,data,u8,REPEAT\n";
        Assert.Equal(3, FactorySamples.Units(Repeat, "serial,n\nA,7\nB,\nC,07\n").Length);
        FactoryProblem problem = FactorySamples.Problems(Repeat, "serial,n\nA,7\nB,\nC,8\n").Problems.Single();
        Assert.Equal((3, "n", FactoryRule.Repeat), (problem.Row, problem.Column, problem.Rule));
    }

    [Fact]
    public void Repeated_value_that_is_wrong_is_told_once()
    {
        const string Repeat = "dev,namespace,\nserial,data,string\nn,data,u8,REPEAT\n";
        Assert.Equal(1, FactorySamples.Problems(Repeat, "serial,n\nA,x\nB,\nC,\n").Problems.Single().Row);
        Assert.Equal(FactoryRule.Missing, FactorySamples.Problems(Repeat, "serial,n\nA,\nB,\n").Problems.Single().Rule);
    }

    [Fact]
    public void Files_that_are_not_there_are_told_with_the_row()
    {
        FactoryProblem problem = FactorySamples.Problems("dev,namespace,\nc,file,string\n", "c\na\nnone.txt\n").Problems.Single();
        Assert.Equal("'t.csv', line 3, column 'c': There is no file 'none.txt'.", problem.ToString());
        Assert.Equal(FactoryRule.File, problem.Rule);
    }

    [Fact]
    public void Quote_that_is_not_closed_is_told_with_what_is_wrong_before_it()
    {
        FactoryDataException error = FactorySamples.Problems(Schema, "serial,n\nA,x\n\"B,1\nC,1\n");
        Assert.Equal([FactoryRule.Value, FactoryRule.Form], error.Problems.Select(problem => problem.Rule));
        Assert.Equal(2, error.Count);
    }

    [Fact]
    public void Table_without_rows_is_refused()
    {
        Assert.Equal(FactoryRule.NoRow, FactorySamples.Problems(Schema, "serial,n\n").Problems.Single().Rule);
        Assert.Equal(FactoryRule.NoRow, FactorySamples.Problems(FactorySamples.Batch(Schema, [])).Problems.Single().Rule);
    }

    [Fact]
    public void Row_of_commas_alone_is_told_once()
    {
        Assert.Equal("'t.csv', line 3: The row is empty.", FactorySamples.Problems(Schema, "serial,n\nA,1\n,\n").Problems.Single().ToString());
        Assert.Equal(2, FactorySamples.Units("dev,namespace,\nserial,data,string,REPEAT\n", "serial,note\nA,1\n,\n").Length);
    }

    [Fact]
    public void Image_like_the_generators_is_that_of_its_csv()
    {
        const string Quirky = "a,namespace,\nsta.ssid,data,string\nb,namespace,\nap.ssid,data,string\nap.passwd,data,string\nap.authmode,data,u8\na,namespace,\nx,data,u8\n";
        const string Row = "sta.ssid,ap.ssid,ap.passwd,ap.authmode,x\nhome,shop,password,3,1\n";
        FactoryUnit unit = FactorySamples.Units(Quirky, Row, FactorySamples.Options() with { LikeGenerator = true })[0];
        var builder = new NvsImageBuilder(0x3000);
        foreach (NvsItem item in NvsCsv.Read(new StringReader(Encoding.UTF8.GetString(unit.ToCsv())), quirks: new NvsGeneratorQuirks()))
        {
            builder.Add(item);
        }

        Assert.Equal(builder.ToBytes(), unit.ToImage());
        Assert.NotEqual(unit.ToImage(), FactorySamples.Units(Quirky, Row)[0].ToImage());
    }

    [Fact]
    public void Files_in_the_way_alone_are_told_as_such()
    {
        FactoryBatch batch = FactorySamples.Batch(Schema, "serial,n\nA,1\nB,2\n");
        FactoryDataException error = Assert.Throws<FactoryDataException>(() => batch.Check(
            (unit, image) => [unit.Problem(FactoryRule.Exists, $"{unit} of {image.Length} bytes", "Move it.")], null, default));
        Assert.Equal(ErrorCode.FileExists, error.Code);
        Assert.Equal(["'t.csv', line 2: unit-1 of 12288 bytes", "'t.csv', line 3: unit-2 of 12288 bytes"], error.Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void Table_that_changed_between_check_and_work_is_refused()
    {
        string text = "serial,n\nA,1\nB,2\n";
        var table = new FactoryCsvTable(() => new StringReader(text));
        var batch = new FactoryBatch(FactorySchema.ReadCsv(new StringReader(Schema)), table, FactorySamples.Options());
        batch.Check(null, null, default);
        text = "serial,n\nA,1\nB,x\n";
        Assert.Throws<FactoryDataException>(() => batch.Make(_ => true, unit => unit, default).ToList());
    }

    [Fact]
    public void Units_come_in_the_order_of_the_rows_up_to_the_one_that_failed()
    {
        FactoryBatch batch = FactorySamples.Batch(Schema, "serial,n\n" + string.Concat(Enumerable.Range(1, 500).Select(i => $"S{i},1\n")));
        List<int> made = [];
        Assert.Throws<IOException>(() =>
        {
            foreach (int row in batch.Make(unit => unit.Row % 2 == 1, unit => unit.Row < 301 ? unit.Row : throw new IOException(), default))
            {
                made.Add(row);
            }
        });
        Assert.Equal(Enumerable.Range(0, 150).Select(i => (2 * i) + 1), made);
    }

    [Fact]
    public void Work_ends_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        FactoryBatch batch = FactorySamples.Batch(Schema, "serial,n\n" + string.Concat(Enumerable.Range(1, 500).Select(i => $"S{i},1\n")));
        Assert.Throws<OperationCanceledException>(() => batch.Check(null, count => stop.Cancel(), stop.Token));
    }

    [Theory]
    [InlineData(0x1234, 2, "unit")]
    [InlineData(0, 2, "unit")]
    [InlineData(0x3000, 3, "unit")]
    [InlineData(0x3000, 2, "a/b")]
    public void Options_that_cannot_be_are_refused_at_once(int size, int version, string prefix)
    {
        FactoryOptions options = new() { Size = size, Version = version, Prefix = prefix };
        Assert.Equal(ErrorCode.ValueInvalid, Assert.Throws<InputException>(() => FactorySamples.Batch(Schema, "serial,n\nA,1\n", options)).Code);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_a_problem_of_form()
    {
        string before = string.Concat(Enumerable.Range(1, 100).Select(i => $"S{i},1\n"));
        byte[] latin = [.. Encoding.ASCII.GetBytes($"serial,n\n{before}M"), 0xFC, .. Encoding.ASCII.GetBytes("ller,2\n")];
        var table = new FactoryCsvTable(() => new StreamReader(new MemoryStream(latin), new UTF8Encoding(false, throwOnInvalidBytes: true), true, 16));
        var batch = new FactoryBatch(FactorySchema.ReadCsv(new StringReader(Schema)), table, FactorySamples.Options());
        Assert.Equal(FactoryRule.Form, FactorySamples.Problems(batch).Problems.Single().Rule);
    }
}
