using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Esp32Tools.Formats.Partitions;

/// <summary>Writes a manifest as JSON. Source: RFC 8259.</summary>
internal static class PartitionManifestWriter
{
    public const string Format = "Esp32Tools partitions";
    public const int Version = 1;

    public static byte[] Write(PartitionManifest manifest)
    {
        string text = $$"""
            {
              "format": {{Quote(Format)}},
              "version": {{Version}},
              "chip": {{Quote(manifest.Chip)}},
              "mac": {{Quote(manifest.Mac)}},
              "bootloader": {{Write(manifest.Bootloader)}},
              "table": {{Write(manifest.Table)}},
              "partitions": [
            {{string.Join(",\n", manifest.Partitions.Select(entry => $"    {Write(entry)}"))}}
              ]
            }

            """;
        return Encoding.UTF8.GetBytes(text.Replace("\r\n", "\n"));
    }

    private static string Write(PartitionManifestEntry entry)
    {
        IEnumerable<string> members =
        [
            $"\"name\": {Quote(entry.Name)}",
            $"\"type\": {Quote(entry.Type)}",
            $"\"subType\": {Quote(entry.SubType)}",
            $"\"offset\": {entry.Offset.ToString(CultureInfo.InvariantCulture)}",
            $"\"size\": {entry.Size.ToString(CultureInfo.InvariantCulture)}",
            $"\"file\": {Quote(entry.File)}",
            $"\"sha256\": {Quote(entry.Sha256)}",
            $"\"contents\": {Quote(entry.Contents.ToString())}",
        ];
        return $"{{ {string.Join(", ", members)} }}";
    }

    private static string Quote(string text) => $"\"{string.Concat(text.Select(Escape))}\"";

    private static string Escape(char letter) => letter switch
    {
        '"' or '\\' => $"\\{letter}",
        < ' ' or '\u2028' or '\u2029' => $"\\u{(int)letter:x4}",
        _ => letter.ToString(),
    };
}
