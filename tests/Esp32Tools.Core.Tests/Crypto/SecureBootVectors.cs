using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Tests.Shared;

namespace Esp32Tools.Core.Tests.Crypto;

/// <summary>The shared cases of secure boot; none in a plain clone.</summary>
internal static class SecureBootVectors
{
    private static readonly JsonElement? s_root = SharedFiles.Available
        ? JsonDocument.Parse(File.ReadAllText(SharedFiles.PathOf("vectors", "secure-boot", "cases.json"))).RootElement
        : null;

    /// <summary>The cases of one kind.</summary>
    public static IReadOnlyList<JsonElement> Cases(string kind) => s_root is null ? [] : [.. s_root.Value.GetProperty(kind).EnumerateArray()];

    /// <summary>A file beside the cases.</summary>
    public static byte[] Read(string path) => File.ReadAllBytes(SharedFiles.PathOf(["vectors", "secure-boot", .. path.Split('/')]));

    /// <summary>A text of a case; null when it has none.</summary>
    public static string? Text(this JsonElement item, string name) => item.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    /// <summary>Texts of a case.</summary>
    public static string[] Texts(this JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement value) ? [.. value.EnumerateArray().Select(text => text.GetString()!)] : [];
}
