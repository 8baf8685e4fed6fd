using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Tests.Shared;

namespace Esp32Tools.Core.Tests.Crypto;

/// <summary>What the reference tool signed, verified and refused.</summary>
internal static class SecureBootVectors
{
    private const string Folder = "secure-boot";

    /// <summary>The cases of one kind; there has to be one.</summary>
    public static IReadOnlyList<JsonElement> Cases(string kind) =>
        SharedFiles.VectorJson($"{Folder}/cases.json").GetProperty(kind) is var cases && cases.GetArrayLength() > 0
            ? [.. cases.EnumerateArray()]
            : throw new InvalidDataException($"There is no case of {kind}.");

    /// <summary>The key pair of a name.</summary>
    public static JsonElement Key(string name) => Cases("keys").Single(key => key.Text("name") == name);

    /// <summary>True for a type of key that secure boot v2 takes.</summary>
    public static bool IsSupported(JsonElement key) => key.Text("type") is "RSA-3072" or "secp192r1" or "secp256r1" or "secp384r1";

    /// <summary>A file beside the cases.</summary>
    public static byte[] Read(string path) => SharedFiles.ReadVector($"{Folder}/{path}");

    /// <summary>A text of a case; null when it has none.</summary>
    public static string? Text(this JsonElement item, string name) => item.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    /// <summary>Texts of a case.</summary>
    public static string[] Texts(this JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement value) ? [.. value.EnumerateArray().Select(text => text.GetString()!)] : [];
}
