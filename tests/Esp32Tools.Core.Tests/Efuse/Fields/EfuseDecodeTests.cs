using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Chips;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Core.Tests.Efuse.Fields;

public sealed class EfuseDecodeTests
{
    public static TheoryData<string, string> Images => Choose((_, _) => true);

    // Those that espefuse reads.
    public static TheoryData<string, string> Readable => Choose((_, root) => root.GetProperty("exit_code").GetInt32() == 0);

    public static TheoryData<string, string> NewerChips => Choose((chip, _) => chip.Efuse.Generation == EfuseGeneration.ReedSolomon);

    [Theory]
    [MemberData(nameof(Images))]
    public void Image_decodes_as_espefuse_decodes_it(string chipKey, string file)
    {
        JsonElement root = SharedFiles.VectorJson(file);
        EfuseSnapshot snapshot = EfuseDump.Read(
            ChipCatalog.ByName(chipKey),
            Image(file),
            EfuseVectors.ParseRevision(root.GetProperty("revision").GetString()!));

        if (root.GetProperty("exit_code").GetInt32() != 0)
        {
            Assert.Equal(ErrorCode.EfuseCodingScheme, Assert.Throws<EfuseException>(() => snapshot.Decode()).Code);
            return;
        }

        Dictionary<string, Esp32Efuse> decoded = snapshot.Decode().ToDictionary(field => field.Name);
        Dictionary<string, JsonElement> expected = root.GetProperty("summary").EnumerateObject().ToDictionary(field => field.Name, field => field.Value);
        Assert.Equal(expected.Keys.OrderBy(name => name), decoded.Keys.OrderBy(name => name));
        List<string> differences = [.. expected.SelectMany(field => Differences(decoded[field.Key], field.Value))];
        Assert.Empty(differences);
    }

    [Theory]
    [MemberData(nameof(Readable))]
    public void What_goes_with_a_value_agrees_with_what_espefuse_says_of_it(string chipKey, string file)
    {
        JsonElement root = SharedFiles.VectorJson(file);
        ChipDefinition chip = ChipCatalog.ByName(chipKey);
        int revision = EfuseVectors.ParseRevision(root.GetProperty("revision").GetString()!);
        IReadOnlyList<Esp32Efuse> decoded = EfuseDump.Read(chip, Image(file), revision).Decode();
        foreach (Esp32Efuse field in decoded)
        {
            string said = root.GetProperty("summary").GetProperty(field.Name).GetProperty("value").ToString();
            bool isMac = field.Name is "MAC" or "CUSTOM_MAC" or "MAC_EUI64" or "MAC_EXT";
            bool isGood = !said.Contains("invalid") && !said.Contains("FAIL:True");
            bool? expected = !isMac || field.Value is null ? null
                : isGood && !(field.Name == "MAC" && IsZeros(said));
            Assert.Equal(expected, field.IsIntact);
            Assert.Equal(field.Name.StartsWith("WAFER_VERSION_M") && !field.Name.EndsWith("_LO") && !field.Name.EndsWith("_HI") ? $"{revision / 100}.{revision % 100}" : null, field.Name.StartsWith("WAFER") ? field.Version : null);
        }

        foreach (EfuseBlockFacts block in chip.Efuse.Blocks.Where(block => block.HasPurpose))
        {
            Esp32Efuse key = decoded.Single(field => field.Name == block.Name);
            string purposeField = chip.Efuse.GetTable(revision).FindPurposeOf(block.Index)!.Name;
            Esp32Efuse purpose = decoded.Single(field => field.Name == purposeField);
            Assert.Equal((purpose.Writable, true), (key.IsPurposeWritable, key.Purpose is not null));
            if (decoded.All(field => field.Name != purposeField + "_H"))
            {
                Assert.Equal(purpose.Value, key.Purpose);
            }
        }
    }

    [Theory]
    [MemberData(nameof(NewerChips))]
    public void Dump_of_a_newer_chip_has_its_silicon_revision_in_it(string chipKey, string file)
    {
        int revision = EfuseVectors.ParseRevision(SharedFiles.VectorJson(file).GetProperty("revision").GetString()!);
        Assert.Equal(revision, EfuseDump.Read(ChipCatalog.ByName(chipKey), Image(file)).Revision);
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void Image_survives_reading_and_writing(string chipKey, string file)
    {
        ChipDefinition chip = ChipCatalog.ByName(chipKey);
        byte[] content = Image(file);
        Assert.Equal(content, EfuseDump.Write(EfuseDump.Read(chip, content)));
    }

    [Theory]
    [MemberData(nameof(Readable))]
    public void Coding_errors_are_seen_exactly_where_espefuse_sees_them(string chipKey, string file)
    {
        EfuseSnapshot snapshot = EfuseDump.Read(ChipCatalog.ByName(chipKey), Image(file));
        bool expected = SharedFiles.VectorJson(file).GetProperty("check_error").GetProperty("exit_code").GetInt32() != 0;
        Assert.Equal(expected, snapshot.GetBlockStatuses().Any(status => !status.IsClean));
    }

    private static TheoryData<string, string> Choose(Func<ChipDefinition, JsonElement, bool> choose)
    {
        TheoryData<string, string> images = [];
        foreach ((ChipDefinition chip, string folder) in EfuseVectors.ChipFolders("efuse-decode"))
        {
            foreach (string path in Directory.GetFiles(SharedFiles.Vector(folder), "*.json").OrderBy(path => path, StringComparer.Ordinal))
            {
                string file = $"{folder}/{Path.GetFileName(path)}";
                if (choose(chip, SharedFiles.VectorJson(file)))
                {
                    images.Add(chip.Key, file);
                }
            }
        }

        return images;
    }

    private static byte[] Image(string file) => SharedFiles.ReadVector(Path.ChangeExtension(file, ".bin"));

    private static IEnumerable<string> Differences(Esp32Efuse actual, JsonElement expected)
    {
        return new (string What, object? Expected, object? Actual)[]
        {
            ("bit_len", expected.GetProperty("bit_len").GetInt32(), actual.BitLength),
            ("block", expected.GetProperty("block").GetInt32(), actual.Block),
            ("word", Optional(expected.GetProperty("word")), actual.Word),
            ("pos", Optional(expected.GetProperty("pos")), actual.Bit),
            ("category", expected.GetProperty("category").GetString(), actual.Category),
            ("efuse_type", expected.GetProperty("efuse_type").GetString(), actual.Type),
            ("raw_value", expected.GetProperty("raw_value").GetString(), actual.RawValue),
            ("readable", expected.GetProperty("readable").GetBoolean(), actual.Readable),
            ("writeable", expected.GetProperty("writeable").GetBoolean(), actual.Writable),
            ("value", ExpectedValue(actual.Name, expected), ActualValue(actual)),
        }.Where(row => !Equals(row.Expected, row.Actual)).Select(row => $"{actual.Name} {row.What}: {row.Expected} expected, {row.Actual} found");
    }

    private static int? Optional(JsonElement element) => element.ValueKind == JsonValueKind.Null ? null : element.GetInt32();

    // What a chip hides is one thing here: unknown. There it is text in which zeros became question marks.
    private static string? ExpectedValue(string name, JsonElement field)
    {
        JsonElement value = field.GetProperty("value");
        bool hidden = !field.GetProperty("readable").GetBoolean() && field.GetProperty("raw_value").GetString()!.Trim('0', 'x').Length == 0;
        bool bytes = field.GetProperty("efuse_type").GetString()!.StartsWith("bytes", System.StringComparison.Ordinal);
        if (hidden)
        {
            return bytes ? value.GetString()!.Split(" (CRC")[0] : "?";
        }

        return value.ValueKind switch
        {
            JsonValueKind.Number => System.Math.Round(value.GetDouble(), 6).ToString(CultureInfo.InvariantCulture),
            JsonValueKind.True => "True",
            JsonValueKind.False => "False",
            _ => Text(name, value.GetString()!),
        };
    }

    // The note about a damaged block is in our own words. A factory address of zeros is none, though its check value is right.
    private static string Text(string name, string text) => text.Contains("(Block", System.StringComparison.Ordinal) ? text.Split(" (")[0] + " damaged"
        : name == "MAC" && IsZeros(text) && text.EndsWith("OK)", System.StringComparison.Ordinal) ? text.Split(" (")[0] + " (no address)"
        : text;

    private static bool IsZeros(string text) => text.StartsWith("00:00:00:00:00:00", System.StringComparison.Ordinal) && text.Split(" (")[0].Trim('0', ':').Length == 0;

    private static string? ActualValue(Esp32Efuse field)
    {
        if (field.Value is null)
        {
            Assert.Contains("?", field.Text);
        }

        return field.Meaning is { } note && note.StartsWith("block ", System.StringComparison.Ordinal) ? field.Value + " damaged" : field.Text;
    }
}
