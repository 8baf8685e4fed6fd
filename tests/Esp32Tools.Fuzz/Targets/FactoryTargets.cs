using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Esp32Tools.FactoryData;
using Esp32Tools.Formats.Csv;
using Esp32Tools.Tests.Shared;

namespace Esp32Tools.Fuzz.Targets;

/// <summary>Factory data: a schema, and a table of units. An input has both, with a line of its own between them.</summary>
internal static class FactoryTargets
{
    private const string Border = "\n----\n";

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("factory", Factory)
        {
            Made = () => ((string[])["01-plain", "02-repeat", "04-namespaces", "07-base64-and-text", "08-blank-lines"]).Select(Join),
            Words = [Border, "REPEAT", "namespace", "pattern", "unique", "optional", "min", "max", "hex2bin", "base64", "u8", "i64", "string", "[0-9]+", "(a+)+$"],
            Allowance = 64L * 1024 * 1024,
            Iterations = 2_000,
        },
        new("factory-schema", input => FactorySchema.ReadCsv(new StringReader(Look.Text(input)), "input"))
        {
            Vectors = [("mass-mfg/01-plain", "config.csv"), ("mass-mfg/02-repeat", "config.csv"), ("mass-mfg/05-files", "config.csv"), ("mass-mfg/07-base64-and-text", "config.csv")],
            Words = ["REPEAT", "namespace", "pattern", "unique", "optional", "min", "max", "hex2bin", "base64", "u8", "i64", "(?", "[a-"],
        },
        new("factory-rows", Rows)
        {
            Words = [Border, "yes", "no", "REPEAT", "namespace", "u8", "i64", "string", "(a+)+$", "[0-9]+", "(?", "79228162514264337593543950336", "Namespace", "Key", "Pattern"],
            Allowance = 64L * 1024 * 1024,
            Iterations = 2_000,
        },
    ];

    private static void Factory(byte[] input)
    {
        string[] texts = Look.Text(input).Split(Border, 2);
        Check(FactorySchema.ReadCsv(new StringReader(texts[0]), "schema"), texts);
    }

    // The schema as objects, as Import-Csv would make them: with patterns, limits and marks.
    private static void Rows(byte[] input)
    {
        string[] texts = Look.Text(input).Split(Border, 2);
        CsvRecord[] records = [.. new CsvReader(new StringReader(texts[0]), "schema").ReadAll()];
        if (records.Length == 0)
        {
            return;
        }

        string[] names = [.. records[0].Fields.Distinct()];
        Check(FactorySchema.FromRows(records.Skip(1).Select(record => ToRow(names, record))), texts);
    }

    private static Dictionary<string, object?> ToRow(string[] names, CsvRecord record) =>
        names.Zip(record.Fields).ToDictionary(pair => pair.First, pair => (object?)pair.Second);

    private static void Check(FactorySchema schema, string[] texts)
    {
        var table = new FactoryCsvTable(() => new StringReader(texts.Length > 1 ? texts[1] : string.Empty), "table");
        var batch = new FactoryBatch(schema, table, new FactoryOptions { Size = 0x3000, ReadFile = _ => [1, 2, 3] });
        batch.Check(null, null, CancellationToken.None);
        _ = batch.Make(_ => true, unit => unit.Name, CancellationToken.None).Count();
    }

    private static byte[] Join(string name) =>
        [.. SharedFiles.ReadVector($"mass-mfg/{name}/config.csv"), .. System.Text.Encoding.ASCII.GetBytes(Border), .. SharedFiles.ReadVector($"mass-mfg/{name}/values.csv")];
}
