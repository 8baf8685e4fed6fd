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
    public static TheoryData<string> Cases => [.. NvsVectors.Ids("parse")];

    public static TheoryData<string> Generated => [.. NvsVectors.All("generate").Where(item => NvsVectors.Text(item, "bin") is not null).Select(item => NvsVectors.Text(item, "id")!)];

    public static TheoryData<string> TakenApart => [.. NvsVectors.All("parse").Where(item => NvsVectors.Text(item, "everything") is not null).Select(item => NvsVectors.Text(item, "id")!)];

    [Fact]
    public void Sample_holds_what_was_put_into_it()
    {
        var own = NvsImage.Parse(NvsSamples.Image());
        Assert.Equal(["storage/n (U8)", "storage/s (String)", "storage/b (Blob)"], own.Entries.Select(entry => entry.ToString()));
        Assert.Empty(NvsCheck.Run(own));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_and_damage_are_those_of_the_reference(string id)
    {
        JsonElement item = NvsVectors.Case("parse", id);
        byte[] bytes = NvsVectors.Read(NvsVectors.Text(item, "bin")!);
        var image = NvsImage.Parse(bytes);
        string[] findings = [.. NvsCheck.Run(image).Select(finding => finding.Id)];
        Assert.Equal(NvsExpectation.LooksEncrypted(bytes), findings.Contains("Encrypted"));
        if (NvsExpectation.LooksEncrypted(bytes))
        {
            return;
        }

        Assert.Equal(NvsExpectation.Findings(bytes, item), findings.Distinct().OrderBy(found => found, StringComparer.Ordinal));
        if (item.TryGetProperty("findings", out JsonElement all) && !NvsExpectation.IsForeign(bytes))
        {
            Assert.Equal(all.EnumerateArray().Select(found => found.GetString()), findings);
        }

        if (NvsVectors.Text(item, "entries") is { } entries)
        {
            string[] damaged = NvsExpectation.DamagedKeys(item);
            string[] expected = [.. Expected(entries).Where(line => !damaged.Any(key => line.Contains($"/{key} ", StringComparison.Ordinal)))];
            Assert.Equal(expected, image.Entries.Where(entry => entry is { State: not nameof(NvsEntryState.Erased), Value: not null, Namespace: not null } && !damaged.Contains(entry.Key)).Select(Line));
        }
    }

    [Theory]
    [MemberData(nameof(Generated))]
    public void Generated_images_are_read_back(string id)
    {
        JsonElement item = NvsVectors.Case("generate", id);
        byte[] bytes = NvsVectors.Read(NvsVectors.Text(item, "bin")!);
        using NvsKey? key = NvsVectors.KeyOf(item);
        byte[] plain = key is null ? bytes : NvsCipher.Decrypt(bytes, key);
        var image = NvsImage.Parse(plain);
        Assert.Equal(NvsExpectation.FindingsOfGenerated(plain), NvsCheck.Run(image).Select(finding => finding.Id));
        Assert.All(image.Entries, entry => Assert.Equal(nameof(NvsEntryState.Written), entry.State));
        if (NvsVectors.Text(item, "entries") is { } entries)
        {
            Assert.Equal(Expected(entries), image.Entries.Select(Line));
        }

        Assert.Equal(key is not null, NvsImage.Parse(bytes).LooksEncrypted);
    }

    [Theory]
    [MemberData(nameof(TakenApart))]
    public void Pages_tell_what_the_reference_tells(string id)
    {
        JsonElement item = NvsVectors.Case("parse", id);
        using var expected = JsonDocument.Parse(NvsVectors.Read(NvsVectors.Text(item, "everything")!));
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
        $"{entry.Namespace}/{entry.Key} = {(entry.GetBytes() is byte[] bytes ? Convert.ToHexString(bytes) : FormattableString.Invariant($"{entry.Value}"))}";
}
