using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.Tests.Shared;

namespace Esp32Tools.Core.Tests.Formats.Partitions;

/// <summary>The shared cases, and one of our own so that each test has at least one.</summary>
internal static class PartitionVectors
{
    private static readonly Lazy<JsonElement> s_cases = new(() =>
        JsonDocument.Parse(File.ReadAllText(SharedFiles.PathOf("vectors", "partition-table", "cases.json"))).RootElement);

    /// <summary>Ids of the cases of one kind: generate, parse.</summary>
    public static IEnumerable<string> Ids(string kind) =>
        SharedFiles.Available ? s_cases.Value.GetProperty(kind).EnumerateArray().Select(item => Text(item, "id")!) : [];

    public static JsonElement Case(string kind, string id) =>
        s_cases.Value.GetProperty(kind).EnumerateArray().Single(item => Text(item, "id") == id);

    /// <summary>How many cases of one kind there are.</summary>
    public static int Count(string kind) => SharedFiles.Available ? s_cases.Value.GetProperty(kind).GetArrayLength() : 0;

    public static JsonElement Case(string kind, int index) => s_cases.Value.GetProperty(kind)[index];

    public static byte[] Read(string name) => File.ReadAllBytes(SharedFiles.PathOf("vectors", "partition-table", name));

    public static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    public static string[] Switches(JsonElement item) => [.. item.GetProperty("options").EnumerateArray().Select(option => option.GetString()!)];

    /// <summary>The reference tool's switches as options.</summary>
    public static PartitionTableOptions Options(JsonElement item)
    {
        string[] switches = Switches(item);
        Dictionary<string, string> environment = item.TryGetProperty("environment", out JsonElement variables)
            ? variables.EnumerateObject().ToDictionary(variable => variable.Name, variable => variable.Value.GetString()!)
            : [];
        return new PartitionTableOptions
        {
            TableOffset = Number("--offset") ?? PartitionTableOptions.DefaultTableOffset,
            FlashSize = After("--flash-size") is { } size ? long.Parse(size[..^2], CultureInfo.InvariantCulture) * 1024 * 1024 : null,
            SecureBootV1 = After("--secure") == "v1",
            PrimaryBootloaderOffset = Number("--primary-bootloader-offset"),
            RecoveryBootloaderOffset = Number("--recovery-bootloader-offset"),
            ExtraSubTypes = [.. ExtraSubTypes()],
            Environment = name => environment.GetValueOrDefault(name),
        };

        string? After(string name) => Array.IndexOf(switches, name) is >= 0 and int at ? switches[at + 1] : null;

        uint? Number(string name) => After(name) is { } text ? Convert.ToUInt32(text, 16) : null;

        IEnumerable<PartitionSubType> ExtraSubTypes()
        {
            for (int i = Array.IndexOf(switches, "--extra-partition-subtypes") + 1; i > 0 && i < switches.Length && switches[i][0] != '-'; i++)
            {
                string[] parts = switches[i].Split(',', StringSplitOptions.TrimEntries);
                yield return new PartitionSubType(PartitionNames.Default.TypeNumber(parts[0])!.Value, parts[1], Convert.ToByte(parts[2], 16));
            }
        }
    }
}
