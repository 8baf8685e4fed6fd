using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Errors;
using Esp32Tools.FactoryData;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.Tests.Shared;

namespace Esp32Tools.Core.Tests.FactoryData;

/// <summary>The shared cases of the vendor's utility.</summary>
internal static class FactoryVectors
{
    private static readonly Lazy<JsonElement> s_cases = new(() =>
        JsonDocument.Parse(File.ReadAllText(SharedFiles.PathOf("vectors", "mass-mfg", "cases.json"))).RootElement);

    public static IEnumerable<string> Ids() => SharedFiles.Available ? s_cases.Value.EnumerateArray().Select(item => item.GetProperty("id").GetString()!) : [];

    public static JsonElement Case(string id) => s_cases.Value.EnumerateArray().Single(item => item.GetProperty("id").GetString() == id);

    public static byte[] Read(string name) => File.ReadAllBytes(SharedFiles.PathOf("vectors", "mass-mfg", name));

    /// <summary>What this project makes of a case: by the names that the utility gives its files.</summary>
    public static Dictionary<string, byte[]> Make(JsonElement item)
    {
        string folder = item.GetProperty("id").GetString()!;
        string[] arguments = [.. item.GetProperty("args").EnumerateArray().Select(argument => argument.GetString()!)];
        int number = Array.IndexOf(arguments, "--prefix_num");
        var options = new FactoryOptions
        {
            Size = Convert.ToInt32(arguments[4], 16),
            Prefix = arguments[3],
            Version = int.Parse(Option(arguments, "--version") ?? "2", CultureInfo.InvariantCulture),
            FileIdColumn = Option(arguments, "--fileid"),
            FirstNumber = number < 0 ? null : int.Parse(arguments[number + 1], CultureInfo.InvariantCulture),
            NumberLength = number < 0 ? 1 : int.Parse(arguments[number + 2], CultureInfo.InvariantCulture),
            ReadFile = name => Read($"{folder}/{name}"),
        };
        using var config = new StreamReader(new MemoryStream(Read($"{folder}/config.csv")));
        var schema = FactorySchema.ReadCsv(config, "config.csv");
        var table = new FactoryCsvTable(() => new StreamReader(new MemoryStream(Read($"{folder}/values.csv"))), "values.csv");
        using NvsKey? key = Option(arguments, "--inputkey") is { } file ? NvsKey.FromFile(Read($"{folder}/{file}")) : null;

        var batch = new FactoryBatch(schema, table, options);
        int count = batch.Check(null, null, default);
        Dictionary<string, byte[]> made = [];
        foreach (FactoryUnit unit in batch.Make(_ => true, unit => unit, default))
        {
            byte[] image = unit.ToImage();
            made.Add($"bin/{unit.Name}.bin", key is null ? image : NvsCipher.Encrypt(image, key));
            made.Add($"csv/{unit.Name}.csv", unit.ToCsv());
        }

        return made.Count == 2 * count ? made : throw new InvalidOperationException($"{count} units were checked, and {made.Count / 2} made.");
    }

    /// <summary>What is wrong with a case.</summary>
    public static Esp32Exception Refusal(JsonElement item) => Xunit.Assert.ThrowsAny<Esp32Exception>(() => Make(item));

    private static string? Option(string[] arguments, string name) => Array.IndexOf(arguments, name) is >= 0 and int at ? arguments[at + 1] : null;
}
