using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Esp32Tools.Errors;
using Esp32Tools.FactoryData;
using Esp32Tools.Formats.Nvs;
using Xunit;

namespace Esp32Tools.Core.Tests.FactoryData;

/// <summary>Tables and schemas of our own.</summary>
internal static class FactorySamples
{
    public const string Schema = "dev,namespace,\nserial,data,string\nkey,file,binary,REPEAT\nnet,namespace,\nport,data,u16\nmac,data,hex2bin\n";

    public const string Table = "note,mac,port,serial,key\nfirst,0A0b,1,S1,ca.bin\n\"second, last\",ffff,65535,\"S\"\"2\",\n";

    /// <summary>The same image as of the items that the rows mean, and the CSV that the vendor's utility would leave.</summary>
    public static void AssertOwnCase()
    {
        FactoryUnit[] units = Units(Schema, Table, Options());
        Assert.Equal(["unit-1", "unit-2"], units.Select(unit => unit.Name));
        Assert.Equal(["note"], units[1].Metadata.Select(column => column.Key));
        Assert.Equal("second, last", units[1].Metadata[0].Value);

        var expected = new NvsImageBuilder(0x3000);
        expected.Add(NvsItem.Of("dev", "serial", "S\"2"));
        expected.Add(NvsItem.Of("dev", "key", Encoding.UTF8.GetBytes("ca.bin")));
        expected.Add(NvsItem.Of("net", "port", ushort.MaxValue));
        expected.Add(NvsItem.Of("net", "mac", new byte[] { 0xFF, 0xFF }));
        Assert.Equal(expected.ToBytes(), units[1].ToImage());
        Assert.Equal(
            "key,type,encoding,value\r\ndev,namespace,,\r\nserial,data,string,\"S\"\"2\"\r\nkey,file,binary,ca.bin\r\n"
            + "net,namespace,,\r\nport,data,u16,65535\r\nmac,data,hex2bin,ffff\r\n",
            Encoding.UTF8.GetString(units[1].ToCsv()));
    }

    /// <summary>Files hold their own names.</summary>
    public static FactoryOptions Options() => new()
    {
        Size = 0x3000,
        ReadFile = name => name.Contains("none", StringComparison.Ordinal)
            ? throw new InputException(ErrorCode.FileNotFound, $"There is no file '{name}'.", "Check the path.")
            : Encoding.UTF8.GetBytes(name),
    };

    public static FactoryBatch Batch(string schema, string table, FactoryOptions? options = null) => new(
        FactorySchema.ReadCsv(new StringReader(schema), "s.csv"),
        new FactoryCsvTable(() => new StringReader(table), "t.csv"),
        options ?? Options());

    public static FactoryBatch Batch(string schema, IEnumerable<Dictionary<string, object?>> rows, FactoryOptions? options = null) =>
        new(FactorySchema.ReadCsv(new StringReader(schema), "s.csv"), TableOf(rows), options ?? Options());

    public static FactoryObjectTable TableOf(IEnumerable<Dictionary<string, object?>> rows)
    {
        var table = new FactoryObjectTable();
        foreach (Dictionary<string, object?> row in rows)
        {
            table.Add(row);
        }

        return table;
    }

    public static FactoryUnit[] Units(string schema, string table, FactoryOptions? options = null) => Units(Batch(schema, table, options));

    public static FactoryUnit[] Units(FactoryBatch batch)
    {
        int count = batch.Check(null, null, default);
        FactoryUnit[] units = [.. batch.Make(_ => true, unit => unit, default)];
        Assert.Equal(count, units.Length);
        return units;
    }

    public static FactoryDataException Problems(string schema, string table, FactoryOptions? options = null) => Problems(Batch(schema, table, options));

    public static FactoryDataException Problems(FactoryBatch batch) => Assert.Throws<FactoryDataException>(() => batch.Check(null, null, default));
}
