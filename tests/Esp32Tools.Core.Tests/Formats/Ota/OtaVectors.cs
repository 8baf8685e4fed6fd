using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Formats.Ota;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.Tests.Shared;

namespace Esp32Tools.Core.Tests.Formats.Ota;

/// <summary>What the bootloader's own functions chose and what the vendor's tool wrote.</summary>
internal static class OtaVectors
{
    private static readonly Lazy<JsonElement> s_cases = new(() =>
        JsonDocument.Parse(File.ReadAllText(SharedFiles.PathOf("vectors", "otadata", "cases.json"))).RootElement);

    /// <summary>Ids of the cases; none in a plain clone.</summary>
    public static IEnumerable<string> Ids => SharedFiles.Available ? s_cases.Value.EnumerateArray().Select(item => item.GetProperty("id").GetString()!) : [];

    public static JsonElement Case(string id) => s_cases.Value.EnumerateArray().Single(item => item.GetProperty("id").GetString() == id);

    public static OtaData Data(JsonElement item) =>
        OtaData.Parse(File.ReadAllBytes(SharedFiles.PathOf("vectors", "otadata", item.GetProperty("image").GetString()!)));

    /// <summary>A layout by its name in the vectors, such as <c>factory+2</c> or <c>3</c>.</summary>
    public static OtaLayout Layout(string name)
    {
        string[] parts = name.Split('+');
        return Layout(int.Parse(parts[^1]), hasFactory: parts.Length > 1);
    }

    public static OtaLayout Layout(int slots, bool hasFactory)
    {
        IEnumerable<Partition> apps = Enumerable.Range(hasFactory ? -1 : 0, slots + (hasFactory ? 1 : 0)).Select(slot => new Partition
        {
            Name = slot < 0 ? "factory" : $"app{slot}",
            TypeNumber = 0,
            SubTypeNumber = (byte)(slot < 0 ? 0 : 0x10 + slot),
            Offset = (uint)(0x10_0000 + (slot * 0x1_0000)),
            Size = 0x1_0000,
        });
        return OtaLayout.From(new PartitionTable([new() { Name = "otadata", TypeNumber = 1, SubTypeNumber = 0, Offset = 0xD000, Size = 0x2000 }, .. apps]));
    }

    /// <summary>A choice in the words of the vectors.</summary>
    public static string Words(OtaDecision decision) => decision.TriesAll ? "none valid: tries the slots from 0 upward"
        : decision.Slot is int slot ? $"ota_{slot}" : "factory";
}
