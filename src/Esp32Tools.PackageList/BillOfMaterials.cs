using System;
using System.Buffers;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;

namespace Esp32Tools.PackageList;

/// <summary>
/// A bill of materials in CycloneDX 1.6 (cyclonedx.org): the module, the npm package that its flasher stubs come from, and each file
/// with its SHA-256. The module brings no other package.
/// </summary>
internal static class BillOfMaterials
{
    private const string StubPackage = "esptool-js";
    private const string StubFolder = "bin/stubs/";
    private const string ModuleReference = "Esp32Tools@";

    /// <param name="folder">The module, as it ships.</param>
    /// <param name="version">Its version.</param>
    /// <param name="lockFile">The lock file that pins the package of the stubs, with its digest.</param>
    /// <param name="ownName">Name of the bill itself, which is not in it.</param>
    public static byte[] Write(string folder, string version, string lockFile, string ownName)
    {
        string[] files =
        [
            .. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
                .Where(name => name != ownName)
                .Order(StringComparer.Ordinal),
        ];
        bool hasStubs = files.Any(name => name.StartsWith(StubFolder, StringComparison.Ordinal));
        using JsonDocument pinned = JsonDocument.Parse(File.ReadAllBytes(lockFile));
        JsonElement stubs = pinned.RootElement.GetProperty("packages").GetProperty("node_modules/" + StubPackage);
        string stubsReference = $"pkg:npm/{StubPackage}@{Text(stubs, "version")}";

        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("bomFormat", "CycloneDX");
            json.WriteString("specVersion", "1.6");
            json.WriteNumber("version", 1);
            json.WriteStartObject("metadata");
            json.WriteStartObject("component");
            WriteHead(json, "library", "Esp32Tools", ModuleReference + version);
            json.WriteString("version", version);
            WriteLicence(json, "MIT");
            json.WriteEndObject();
            json.WriteEndObject();

            json.WriteStartArray("components");
            if (hasStubs)
            {
                json.WriteStartObject();
                WriteHead(json, "library", StubPackage, stubsReference);
                json.WriteString("version", Text(stubs, "version"));
                json.WriteString("purl", stubsReference);
                json.WriteString("description", "Its flasher stubs, in bin/stubs; no other part of it ships.");
                WriteHash(json, "SHA-512", Convert.FromBase64String(Text(stubs, "integrity").Replace("sha512-", string.Empty, StringComparison.Ordinal)));
                WriteLicence(json, Text(stubs, "license"));
                json.WriteEndObject();
            }

            foreach (string name in files)
            {
                json.WriteStartObject();
                WriteHead(json, "file", name, "file:" + name);
                WriteHash(json, "SHA-256", SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, name))));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("dependencies");
            json.WriteStartObject();
            json.WriteString("ref", ModuleReference + version);
            json.WriteStartArray("dependsOn");
            if (hasStubs)
            {
                json.WriteStringValue(stubsReference);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static void WriteHead(Utf8JsonWriter json, string type, string name, string reference)
    {
        json.WriteString("type", type);
        json.WriteString("bom-ref", reference);
        json.WriteString("name", name);
    }

    private static void WriteHash(Utf8JsonWriter json, string algorithm, byte[] hash)
    {
        json.WriteStartArray("hashes");
        json.WriteStartObject();
        json.WriteString("alg", algorithm);
        json.WriteString("content", Convert.ToHexStringLower(hash));
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteLicence(Utf8JsonWriter json, string id)
    {
        json.WriteStartArray("licenses");
        json.WriteStartObject();
        json.WriteStartObject("license");
        json.WriteString("id", id);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
