using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Formats.Nvs;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Nvs;

/// <summary>What the vendor's reader reads, and what is wrong with images that were damaged on purpose.</summary>
public sealed class NvsParseVectorTests
{
    // One that is always there; the others come from the shared cases.
    private const string Own = "own";

    private static readonly Dictionary<string, string[]> s_findings = new()
    {
        ["07-erased"] = ["Deleted", "Deleted"],
        ["08-entry-crc"] = ["EntryCrc"],
        ["09-page-crc"] = ["HeaderCrc"],
        ["11-page-freeing"] = ["Freeing"],
        ["12-page-corrupt"] = ["Corrupt"],
        ["13-page-unknown"] = ["PageState"],
        ["14-string-crc"] = ["DataCrc"],
        ["15-blob-chunk-erased"] = ["EntryParts", "ChunkMissing"],
        ["16-blob-index-erased"] = ["EntryParts", "ChunkExtra", "ChunkExtra"],
        ["17-duplicates"] = ["Duplicate", "Duplicate"],
        ["18-namespace-erased"] = ["Namespace", "Namespace", "Deleted"],
        ["19-unknown-type"] = ["Type"],
        // The bytes changed are behind the end of a string, where nothing reads them.
        ["20-span-too-long"] = [],
        ["21-blank"] = ["Blank"],
        ["22-zeros"] = ["NoFreePage", "Corrupt", "Corrupt", "Corrupt"],
        ["23-truncated"] = ["Length"],
        ["24-one-page"] = ["ReadOnly"],
    };

    // Left out of the comparison: this reader has no value where the header of an entry is damaged, and shows no chunks of a whole blob.
    private static readonly Dictionary<string, string> s_without = new() { ["08-entry-crc"] = "i8_lo", ["15-blob-chunk-erased"] = "big", ["16-blob-index-erased"] = "big" };

    public static TheoryData<string> Cases => [Own, .. NvsVectors.Ids("parse")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_and_damage_are_those_of_the_reference(string id)
    {
        if (id == Own)
        {
            var own = NvsImage.Parse(NvsSamples.Image());
            Assert.Equal(["storage/n (U8)", "storage/s (String)", "storage/b (Blob)"], own.Entries.Select(entry => entry.ToString()));
            Assert.Empty(NvsCheck.Run(own));
            return;
        }

        JsonElement item = NvsVectors.Case("parse", id);
        byte[] bytes = NvsVectors.Read(NvsVectors.Text(item, "bin")!);
        var image = NvsImage.Parse(bytes);
        string[] findings = [.. NvsCheck.Run(image).Select(finding => finding.Id)];
        if (id is "25-random" or "26-encrypted")
        {
            Assert.NotEmpty(findings);
            Assert.Equal(id == "26-encrypted", findings.Contains("Encrypted"));
            return;
        }

        Assert.Equal(s_findings.GetValueOrDefault(id, []), findings);
        if (NvsVectors.Text(item, "entries") is { } entries)
        {
            s_without.TryGetValue(id, out string? without);
            string[] expected = [.. Expected(entries).Where(line => without is null || !line.Contains($"/{without} ", StringComparison.Ordinal))];
            Assert.Equal(expected, image.Entries.Where(entry => entry is { State: not NvsEntryState.Erased, Value: not null, Namespace: not null } && entry.Key != without).Select(Line));
        }
    }

    public static TheoryData<string> Generated => [Own, .. NvsVectors.Ids("generate")];

    [Theory]
    [MemberData(nameof(Generated))]
    public void Generated_images_are_read_back(string id)
    {
        if (id == Own || NvsVectors.Case("generate", id) is var item && NvsVectors.Text(item, "bin") is null)
        {
            return;
        }

        byte[] bytes = NvsVectors.Read(NvsVectors.Text(NvsVectors.Case("generate", id), "bin")!);
        using NvsKey? key = NvsVectors.KeyOf(NvsVectors.Case("generate", id));
        var image = NvsImage.Parse(key is null ? bytes : NvsCipher.Decrypt(bytes, key));
        string[] expectedFindings = id switch
        {
            "29-readonly" or "30-two-pages" or "49-encrypted-readonly" => ["ReadOnly"],
            "34-same-key" => ["Duplicate", "Duplicate"],
            "75-before-namespace" => ["Duplicate"],
            _ => [],
        };
        Assert.Equal(expectedFindings, NvsCheck.Run(image).Select(finding => finding.Id));
        Assert.All(image.Entries, entry => Assert.Equal(NvsEntryState.Written, entry.State));
        if (NvsVectors.Text(NvsVectors.Case("generate", id), "entries") is { } entries)
        {
            Assert.Equal(Expected(entries), image.Entries.Select(Line));
        }

        Assert.Equal(key is not null, NvsImage.Parse(bytes).LooksEncrypted);
    }

    [Fact]
    public void Pages_tell_what_the_reference_tells()
    {
        foreach (string id in NvsVectors.Ids("parse"))
        {
            JsonElement item = NvsVectors.Case("parse", id);
            if (NvsVectors.Text(item, "everything") is not { } everything)
            {
                continue;
            }

            using var expected = JsonDocument.Parse(NvsVectors.Read(everything));
            var image = NvsImage.Parse(NvsVectors.Read(NvsVectors.Text(item, "bin")!));
            foreach ((JsonElement wanted, NvsPage page) in expected.RootElement.GetProperty("pages").EnumerateArray().Zip(image.Pages))
            {
                Assert.Equal(wanted.GetProperty("is_empty").GetBoolean(), page.IsBlank);
                if (page.IsBlank)
                {
                    continue;
                }

                JsonElement header = wanted.GetProperty("header");
                Assert.Equal(header.GetProperty("status").GetString(), page.State.ToString());
                Assert.Equal(header.GetProperty("page_index").GetUInt32(), page.SequenceNumber);
                Assert.Equal(header.GetProperty("version").GetInt32(), page.Version);
                Assert.True(page.IsHeaderIntact);
            }
        }
    }

    // The vendor's reader shows chunks of a blob one by one.
    private static List<string> Expected(string file)
    {
        using var document = JsonDocument.Parse(NvsVectors.Read(file));
        List<(string Name, string Type, object Value)> entries = [];
        foreach (JsonElement element in document.RootElement.EnumerateArray())
        {
            string type = element.GetProperty("encoding").GetString()!;
            string name = $"{element.GetProperty("namespace").GetString()}/{element.GetProperty("key").GetString()}";
            JsonElement data = element.GetProperty("data");
            if (data.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            bool isBlob = type.StartsWith("blob", StringComparison.Ordinal);
            string value = isBlob ? Convert.ToHexString(data.GetBytesFromBase64()) : data.ToString();
            if (type == "blob_data" && entries.Count > 0 && entries[^1].Name == name && entries[^1].Type == "blob_data")
            {
                entries[^1] = (name, type, entries[^1].Value + value);
            }
            else
            {
                entries.Add((name, type, value));
            }
        }

        return [.. entries.Select(entry => $"{entry.Name} = {entry.Value}")];
    }

    private static string Line(NvsEntry entry) =>
        $"{entry.Namespace}/{entry.Key} = {(entry.Value is byte[] bytes ? Convert.ToHexString(bytes) : FormattableString.Invariant($"{entry.Value}"))}";
}
