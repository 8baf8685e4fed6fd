using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Esp32Tools.Compat;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Partitions;

/// <summary>Reads a manifest, and trusts nothing in it.</summary>
internal sealed class PartitionManifestReader(string source)
{
    public PartitionManifest Read(byte[] json)
    {
        JsonValue root = Parse(json);
        if (Text(root, "format") != PartitionManifestWriter.Format || Number(root, "version") != PartitionManifestWriter.Version)
        {
            throw Invalid(root.Line, $"it is no manifest of the format '{PartitionManifestWriter.Format}', version {PartitionManifestWriter.Version}");
        }

        return new PartitionManifest
        {
            Chip = Text(root, "chip"),
            Mac = Text(root, "mac"),
            Bootloader = ReadEntry(Member(root, "bootloader", JsonKind.Table)),
            Table = ReadEntry(Member(root, "table", JsonKind.Table)),
            Partitions = Member(root, "partitions", JsonKind.List).Items.Select(ReadEntry).ToArray(),
        };
    }

    private JsonValue Parse(byte[] json)
    {
        try
        {
            JsonValue root = JsonText.Parse(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(json));
            return root.Kind == JsonKind.Table ? root : throw Invalid(root.Line, "it is no table");
        }
        catch (JsonTextException error)
        {
            throw Invalid(error.Line, $"the file {error.What}");
        }
        catch (DecoderFallbackException)
        {
            throw Invalid(1, "the file is no text in UTF-8");
        }
    }

    private PartitionManifestEntry ReadEntry(JsonValue item)
    {
        if (item.Kind != JsonKind.Table)
        {
            throw Invalid(item.Line, "a partition is no table");
        }

        string file = Text(item, "file");
        if (file.Length == 0 || file is "." or ".." || file != Path.GetFileName(file) || file.IndexOfAny(['/', '\\', ':']) >= 0)
        {
            throw Invalid(item.Line, $"the file '{file}' is not in the folder of the manifest");
        }

        string contents = Text(item, "contents");
        return new PartitionManifestEntry
        {
            Name = Text(item, "name"),
            Type = Text(item, "type"),
            SubType = Text(item, "subType"),
            Offset = Number(item, "offset"),
            Size = Number(item, "size"),
            File = file,
            Sha256 = Text(item, "sha256"),
            Contents = Enum.GetNames(typeof(PartitionContents)).Contains(contents)
                ? (PartitionContents)Enum.Parse(typeof(PartitionContents), contents)
                : throw Invalid(item.Line, $"there are no contents '{contents}'"),
        };
    }

    private string Text(JsonValue table, string name) => Member(table, name, JsonKind.Text).Text;

    private uint Number(JsonValue table, string name)
    {
        JsonValue value = Member(table, name, JsonKind.Number);
        return uint.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
            ? number
            : throw Invalid(value.Line, $"'{name}' is no number of 32 bits");
    }

    private JsonValue Member(JsonValue table, string name, JsonKind kind) => table[name] is { } value && value.Kind == kind
        ? value
        : throw Invalid(table.Line, $"'{name}' is missing, or is not of the kind it should be");

    private InputException Invalid(int line, string what) => new(
        ErrorCode.ManifestInvalid, $"The manifest '{source}' cannot be used. Line {line}: {what}.", "Copy the whole folder again.")
    { Target = source };
}
