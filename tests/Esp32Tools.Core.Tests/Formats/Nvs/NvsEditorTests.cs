using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Nvs;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Nvs;

public sealed class NvsEditorTests
{
    [Fact]
    public void New_value_goes_behind_the_last_one_and_the_old_one_is_erased()
    {
        byte[] before = NvsSamples.Image();
        byte[] after = NvsEditor.Set(before, NvsItem.Of("storage", "n", (byte)8));
        Assert.Equal(NvsSamples.Image(), before);

        NvsEntry[] entries = [.. NvsImage.Parse(after).Entries.Where(entry => entry.Key == "n")];
        Assert.Equal([(nameof(NvsEntryState.Erased), 1, (object?)(byte)7), (nameof(NvsEntryState.Written), 7, (byte)8)], entries.Select(entry => (entry.State, entry.Entry, entry.Value)));
        int[] changed = [.. Enumerable.Range(0, before.Length).Where(at => before[at] != after[at])];
        Assert.All(changed, at => Assert.True(at is 32 or 33 or >= 64 + (7 * 32) and < 64 + (8 * 32)));
        Assert.Empty(NvsCheck.Run(NvsImage.Parse(after)));
    }

    [Fact]
    public void Value_that_is_there_changes_nothing() =>
        Assert.Equal(NvsSamples.Image(), NvsEditor.Set(NvsSamples.Image(), NvsItem.Of("storage", "b", new byte[] { 1, 2 })));

    [Fact]
    public void Key_with_the_sign_for_what_is_no_text_is_text()
    {
        byte[] after = NvsEditor.Set(NvsSamples.Image(), NvsItem.Of("storage", "\uFFFDx", (byte)1));
        Assert.Empty(NvsCheck.Run(NvsImage.Parse(after)));
        Assert.Contains("storage/\uFFFDx U8 1", Values(after));
    }

    [Fact]
    public void Value_takes_the_place_of_one_of_another_type()
    {
        byte[] after = NvsEditor.Set(NvsSamples.Image(), NvsItem.Of("storage", "b", "text"));
        Assert.Equal(["storage/n U8 7", "storage/s String hi", "storage/b String text"], Values(after));
        Assert.Empty(NvsCheck.Run(NvsImage.Parse(after)));
    }

    [Fact]
    public void Blank_partition_takes_a_value()
    {
        byte[] after = NvsEditor.Set([.. Enumerable.Repeat((byte)0xFF, 0x3000)], NvsItem.Of("ns", "k", 1));
        var builder = new NvsImageBuilder(0x3000);
        builder.Add(NvsItem.Of("ns", "k", 1));
        Assert.Equal(builder.ToBytes(), after);
    }

    [Fact]
    public void Namespace_named_like_a_key_survives_when_all_is_written_anew()
    {
        byte[] image = NvsSamples.Build();
        foreach (int round in Enumerable.Range(0, 300))
        {
            image = NvsEditor.Set(image, NvsItem.Of(round % 2 == 0 ? "other" : "storage", "storage", round));
        }

        Assert.Equal(["other/storage I32 298", "storage/b Blob 0102", "storage/n U8 7", "storage/s String hi", "storage/storage I32 299"], Values(image).Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Any_changes_leave_all_other_values_and_a_sound_partition(int seed)
    {
        var random = new Random(seed);
        (_, byte[] image) = NvsRandom.Image(seed * 10, 0x8000, seed == 1 ? 1 : 2);
        Dictionary<string, string> expected = NvsImage.Parse(image).Entries.ToDictionary(entry => $"{entry.Namespace}/{entry.Key}", NvsRandom.Line);
        foreach (int _ in Enumerable.Range(0, 120))
        {
            string key = $"key{random.Next(12)}";
            string nameSpace = $"ns{random.Next(7)}";
            if (random.Next(10) == 0)
            {
                image = NvsEditor.Remove(image, nameSpace, key);
                expected.Remove($"{nameSpace}/{key}");
            }
            else
            {
                NvsItem item = random.Next(3) == 0 ? NvsItem.Of(nameSpace, key, new byte[random.Next(1900)]) : NvsItem.Of(nameSpace, key, random.Next());
                try
                {
                    image = NvsEditor.Set(image, item);
                    expected[$"{nameSpace}/{key}"] = NvsRandom.Line(item);
                }
                catch (InputException error) when (error.Code == ErrorCode.NvsFull)
                {
                }
            }

            Assert.Equal(expected.Values.Order(StringComparer.Ordinal), NvsRandom.Values(image));
        }

        Assert.DoesNotContain(NvsCheck.Run(NvsImage.Parse(image)), finding => finding.Severity != nameof(NvsFindingSeverity.Information));
        Assert.Contains(NvsImage.Parse(image).Pages, page => page.IsBlank);
    }

    [Fact]
    public void Long_blob_is_replaced_over_pages()
    {
        byte[] image = NvsRandom.Small();
        byte[] blob = [.. Enumerable.Range(0, 3000).Select(i => (byte)(i * 7))];
        byte[] after = NvsEditor.Set(image, NvsItem.Of("cal", "curve", blob));
        Assert.Equal(blob, NvsImage.Parse(after).Entries.Single(entry => entry is { Key: "curve", State: nameof(NvsEntryState.Written) }).GetBytes());
        Assert.Equal(NvsRandom.Values(image).Length, NvsRandom.Values(after).Length);

        // The old one is still there, put together of its erased chunks.
        NvsEntry old = NvsImage.Parse(after).Entries.Single(entry => entry is { Key: "curve", State: nameof(NvsEntryState.Erased) });
        Assert.Equal(Enumerable.Range(0, 4100).Select(i => (byte)i), old.GetBytes()!);
        Assert.Empty(NvsCheck.Run(NvsImage.Parse(after)));
    }

    [Fact]
    public void Value_that_does_not_fit_is_refused()
    {
        InputException error = Assert.Throws<InputException>(() => NvsEditor.Set(NvsSamples.Image(), NvsItem.Of("storage", "big", new byte[8000])));
        Assert.Equal(ErrorCode.NvsFull, error.Code);
        Assert.Contains("storage/big", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_that_was_being_moved_is_finished()
    {
        byte[] image = NvsSamples.Image();
        byte[] moved = [.. image[..0x1000], .. image[..0x1000], .. image[0x2000..]];
        moved[0] = 0xF8;
        moved[0x1004] = 1;
        NvsRandom.SealPage(moved, 0x1000);
        byte[] after = NvsEditor.Set(moved, NvsItem.Of("storage", "new", true));
        Assert.Equal(["storage/n U8 7", "storage/s String hi", "storage/b Blob 0102", "storage/new U8 1"], Values(after));
        Assert.Empty(NvsCheck.Run(NvsImage.Parse(after)));
    }

    [Fact]
    public void Value_that_is_damaged_itself_is_set_again()
    {
        byte[] image = NvsSamples.Image();
        image[64 + (3 * 32)] ^= 1;
        byte[] after = NvsEditor.Set(image, NvsItem.Of("storage", "s", "hi"));
        Assert.Equal(["storage/n U8 7", "storage/b Blob 0102", "storage/s String hi"], Values(after));
        Assert.Empty(NvsCheck.Run(NvsImage.Parse(after)));

        image = NvsSamples.Image();
        image[64 + (5 * 32)] ^= 1;
        Assert.Equal(["storage/n U8 7", "storage/s String hi"], Values(NvsEditor.Remove(image, "storage", "b")));

        var twice = new NvsImageBuilder(0x3000);
        twice.Add(NvsItem.Of("ns", "k", 1));
        twice.Add(NvsItem.Of("ns", "k", 2));
        after = NvsEditor.Set(twice.ToBytes(), NvsItem.Of("ns", "k", 2));
        Assert.Equal(["ns/k I32 2"], Values(after));
        Assert.Empty(NvsCheck.Run(NvsImage.Parse(after)));
    }

    [Fact]
    public void String_that_is_no_utf8_stays_when_all_is_written_anew()
    {
        byte[] image = NvsSamples.Image();
        image[64 + (3 * 32)] = 0xFC;
        NvsRandom.SealData(image, 64 + (2 * 32));
        Assert.Equal("Text", Assert.Single(NvsCheck.Run(NvsImage.Parse(image))).Id);
        foreach (int round in Enumerable.Range(0, 300))
        {
            image = NvsEditor.Set(image, NvsItem.Of("storage", "n", round));
        }

        NvsEntry text = NvsImage.Parse(image).Entries.Single(entry => entry.Key == "s");
        Assert.Equal(nameof(NvsEntryState.Written), text.State);
        Assert.Equal(0xFC, image[text.Offset + 32]);
    }

    [Fact]
    public void Damaged_encrypted_and_cut_partitions_are_left_alone()
    {
        byte[] damaged = NvsSamples.Image();
        damaged[64 + (3 * 32)] ^= 1;
        using var key = NvsKey.Generate();
        foreach (byte[] image in new[] { damaged, NvsCipher.Encrypt(NvsSamples.Image(), key), NvsSamples.Image()[..5000] })
        {
            Assert.Equal(ErrorCode.NvsInvalid, Assert.Throws<InputException>(() => NvsEditor.Set(image, NvsItem.Of("storage", "n", 1))).Code);
        }
    }

    private static string[] Values(byte[] image) =>
        [.. NvsImage.Parse(image).Entries.Where(entry => entry.State == nameof(NvsEntryState.Written)).Select(NvsRandom.Line)];
}
