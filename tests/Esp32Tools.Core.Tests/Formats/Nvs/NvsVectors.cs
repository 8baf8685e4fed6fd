using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.Tests.Shared;

namespace Esp32Tools.Core.Tests.Formats.Nvs;

/// <summary>The shared cases; <see cref="NvsSamples"/> has what is there without them.</summary>
internal static class NvsVectors
{
    private static readonly Lazy<JsonElement> s_cases = new(() =>
        JsonDocument.Parse(File.ReadAllText(SharedFiles.PathOf("vectors", "nvs", "cases.json"))).RootElement);

    /// <summary>Ids of the cases of one kind: generate, parse.</summary>
    public static IEnumerable<string> Ids(string kind) =>
        SharedFiles.Available ? s_cases.Value.GetProperty(kind).EnumerateArray().Select(item => Text(item, "id")!) : [];

    public static JsonElement Case(string kind, string id) =>
        s_cases.Value.GetProperty(kind).EnumerateArray().Single(item => Text(item, "id") == id);

    public static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    public static byte[] Read(string name)
    {
        byte[] bytes = File.ReadAllBytes(SharedFiles.PathOf("vectors", "nvs", name));
        if (!name.EndsWith(".gz", StringComparison.Ordinal))
        {
            return bytes;
        }

        using var unpacked = new MemoryStream();
        using var packed = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        packed.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    /// <summary>The plain image of a case, as this project makes it.</summary>
    public static byte[] Build(JsonElement item, bool likeGenerator = false)
    {
        string size = Text(item, "size")!;
        bool isHex = size.StartsWith("0x", StringComparison.Ordinal);
        var builder = new NvsImageBuilder(Convert.ToInt32(size, isHex ? 16 : 10), item.GetProperty("version").GetInt32());
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

    private static byte[] ReadFile(string name) => File.Exists(SharedFiles.PathOf("vectors", "nvs", "files", name))
        ? Read($"files/{name}")
        : throw new InputException(ErrorCode.FileNotFound, name, "Check the path.");

    /// <summary>The key of a case; null when its image is plain.</summary>
    public static NvsKey? KeyOf(JsonElement item) =>
        Text(item, "key") is { } file ? NvsKey.FromFile(Read(file))
        : Text(item, "hmac_key") is { } hmac ? NvsKey.FromHmac(Read(hmac))
        : null;
}
