using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.Tests.Shared;

namespace Esp32Tools.Core.Tests.Formats.Nvs;

/// <summary>What the vendor's generator made and what its reader read.</summary>
internal static class NvsVectors
{
    private const string Folder = "nvs";

    /// <summary>Ids of the cases of one kind: generate, parse.</summary>
    public static IEnumerable<string> Ids(string kind) => All(kind).Select(item => Text(item, "id")!);

    public static JsonElement Case(string kind, string id) => All(kind).Single(item => Text(item, "id") == id);

    /// <summary>The cases of one kind.</summary>
    public static IEnumerable<JsonElement> All(string kind) => SharedFiles.VectorJson($"{Folder}/cases.json").GetProperty(kind).EnumerateArray();

    public static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    public static byte[] Read(string name) => SharedFiles.ReadVector($"{Folder}/{name}");

    /// <summary>The size of the partition of a case.</summary>
    public static int SizeOf(JsonElement item) =>
        Text(item, "size")! is var size && size.StartsWith("0x", StringComparison.Ordinal) ? Convert.ToInt32(size, 16) : Convert.ToInt32(size, 10);

    /// <summary>The plain image of a case, as this project makes it.</summary>
    /// <param name="item">The case.</param>
    /// <param name="likeGenerator">True for the generator's quirks.</param>
    /// <param name="size">Another size than that of the case.</param>
    public static byte[] Build(JsonElement item, bool likeGenerator = false, int? size = null)
    {
        var builder = new NvsImageBuilder(size ?? SizeOf(item), item.GetProperty("version").GetInt32());
        NvsGeneratorQuirks? quirks = likeGenerator ? new NvsGeneratorQuirks() : null;
        foreach (JsonElement csv in item.GetProperty("csv").EnumerateArray())
        {
            using var text = new StreamReader(new MemoryStream(Read(csv.GetString()!)));
            foreach (NvsItem value in NvsCsv.Read(text, csv.GetString(), ReadFile, quirks))
            {
                builder.Add(value);
            }
        }

        return builder.ToBytes();
    }

    /// <summary>True for a file that a table may name.</summary>
    public static bool HasFile(string name) => File.Exists(Path.Combine(SharedFiles.Vector($"{Folder}/files"), name));

    private static byte[] ReadFile(string name) => HasFile(name) ? Read($"files/{name}") : throw new InputException(ErrorCode.FileNotFound, name, "Check the path.");

    /// <summary>The key of a case; null when its image is plain.</summary>
    public static NvsKey? KeyOf(JsonElement item) =>
        Text(item, "key") is { } file ? NvsKey.FromFile(Read(file))
        : Text(item, "hmac_key") is { } hmac ? NvsKey.FromHmac(Read(hmac))
        : null;
}
