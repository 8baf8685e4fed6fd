using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Esp32Tools.Core.Tests.Formats.Nvs;

/// <summary>
/// What a check has to find in an image: from the bytes what they show at a glance, and about single entries what the
/// vendor's reader says.
/// </summary>
internal static class NvsExpectation
{
    private const int PageSize = 4096;
    private const int SmallestWritable = 3 * PageSize;

    // Lines of the vendor's reader, and what they are here.
    private static readonly (string Words, string Id)[] s_lines =
    [
        ("data (string, blob) has wrong CRC32", "DataCrc"), (" has wrong CRC32", "EntryCrc"), ("is unrecognized! Type", "Type"),
        ("Inconsistent data state", "EntryParts"), ("is missing a chunk", "ChunkMissing"), ("chunk has no blob index", "ChunkExtra"),
        ("Found duplicate entries", "Duplicate"), ("Undefined namespace index", "Namespace"),
    ];

    // Keys about whose values both readers need not agree: the header is damaged, or the blob is not whole.
    private static readonly Regex s_damagedKey = new(@"Entry #\d+ (?<key>\S+) has wrong CRC32|Blob (?<key>\S+) ");

    /// <summary>Ids of what is wrong, each once, in order of their letters.</summary>
    public static IEnumerable<string> Findings(byte[] image, JsonElement item) =>
        IsBlank(image) && image.Length >= PageSize ? ["Blank"]
        : IsForeign(image) ? ["NotNvs"]
        : OfPartition(image).Concat(Pages(image).SelectMany(OfPage)).Concat(OfEntries(image)).Concat(OfReader(item)).Distinct().OrderBy(id => id, StringComparer.Ordinal);

    /// <summary>What a check finds in an image that a generator made: all of it.</summary>
    public static IEnumerable<string> FindingsOfGenerated(byte[] image)
    {
        NvsRawEntry[] entries = [.. Pages(image).SelectMany(NvsRawEntry.In)];
        IEnumerable<NvsRawEntry> twice =
        [
            .. entries.GroupBy(entry => (entry.Namespace, entry.Key, entry.Chunk)).SelectMany(same => same.Skip(1)),
            .. entries.Where(entry => entry.Namespace == 0).GroupBy(entry => entry.Value).SelectMany(same => same.Where(entry => entry.Key != same.First().Key)),
        ];
        return OfPartition(image).Concat(twice.Select(_ => "Duplicate"));
    }

    /// <summary>True for what is no NVS partition at all: the vendor's reader has a remark on each of its pages.</summary>
    public static bool IsForeign(byte[] image) => image.Length > 0
        && !Pages(image).Any(page => !IsBlank(page) && (HasHeaderCrc(page) || NvsRawEntry.In(page).Any(entry => entry.HasCrc)));

    /// <summary>True when entries are there and none has its CRC.</summary>
    public static bool LooksEncrypted(byte[] image)
    {
        NvsRawEntry[] entries = [.. Pages(image).Where(IsRead).SelectMany(NvsRawEntry.In)];
        return entries.Length > 0 && !entries.Any(entry => entry.HasCrc);
    }

    /// <summary>Keys whose values need not be those of the vendor's reader.</summary>
    public static string[] DamagedKeys(JsonElement item) =>
        [.. Lines(item).Select(line => s_damagedKey.Match(line)).Where(match => match.Success).Select(match => match.Groups["key"].Value)];

    private static IEnumerable<string> OfPartition(byte[] image)
    {
        if (image.Length % PageSize != 0)
        {
            yield return "Length";
        }
        else if (image.Length < SmallestWritable)
        {
            yield return "ReadOnly";
        }
        else if (!Pages(image).Any(IsBlank))
        {
            yield return "NoFreePage";
        }
    }

    private static IEnumerable<string> OfPage(byte[] page)
    {
        string? state = State(page) switch
        {
            0xFFFF_FFFF => IsBlank(page) ? null : "NotBlank",
            0xFFFF_FFFE or 0xFFFF_FFFC => null,
            0xFFFF_FFF8 => "Freeing",
            0xFFFF_FFF0 or 0 => "Corrupt",
            _ => "PageState",
        };
        if (state is not null)
        {
            yield return state;
        }

        if (state is null or "Freeing" && !IsBlank(page) && !HasHeaderCrc(page))
        {
            yield return "HeaderCrc";
        }
    }

    // The vendor's reader takes what is erased for nothing.
    private static IEnumerable<string> OfEntries(byte[] image)
    {
        NvsRawEntry[] entries = [.. Pages(image).Where(IsRead).SelectMany(NvsRawEntry.In).Where(entry => entry.HasCrc)];
        HashSet<(byte, string)> written = [.. entries.Where(entry => entry.IsWritten).Select(entry => (entry.Namespace, entry.Key))];
        foreach (NvsRawEntry entry in entries.Where(entry => !entry.IsWritten))
        {
            if (!entry.IsWhole)
            {
                yield return "EntryParts";
            }
            else if (!written.Contains((entry.Namespace, entry.Key)))
            {
                yield return "Deleted";
            }
        }
    }

    private static IEnumerable<string> OfReader(JsonElement item) =>
        from line in Lines(item)
        let id = s_lines.Where(known => line.Contains(known.Words, StringComparison.Ordinal)).Select(known => known.Id).FirstOrDefault()
        where id is not null
        select id;

    private static IEnumerable<string> Lines(JsonElement item) => item.GetProperty("integrity").GetProperty("lines").EnumerateArray().Select(line => line.GetString()!);

    private static IEnumerable<byte[]> Pages(byte[] image) => Enumerable.Range(0, image.Length / PageSize).Select(page => image[(page * PageSize)..((page + 1) * PageSize)]);

    private static bool IsRead(byte[] page) => State(page) is 0xFFFF_FFFE or 0xFFFF_FFFC or 0xFFFF_FFF8 && HasHeaderCrc(page);

    private static bool IsBlank(byte[] bytes) => bytes.All(octet => octet == 0xFF);

    private static uint State(byte[] page) => BitConverter.ToUInt32(page, 0);

    // Of bytes 4 to 27 (formats.md, section 3).
    private static bool HasHeaderCrc(byte[] page) => NvsRawEntry.Crc(page.Skip(4).Take(24)) == BitConverter.ToUInt32(page, 28);
}
