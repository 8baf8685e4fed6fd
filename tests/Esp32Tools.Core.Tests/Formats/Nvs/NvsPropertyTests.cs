using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Nvs;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Nvs;

/// <summary>What holds for any content and any damage.</summary>
public sealed class NvsPropertyTests
{
    public static TheoryData<int, bool> Contents
    {
        get
        {
            TheoryData<int, bool> contents = [];
            foreach (int seed in Enumerable.Range(0, 40))
            {
                contents.Add(seed, seed % 2 == 0);
            }

            return contents;
        }
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public void Any_content_survives_a_round_trip(int seed, bool isEncrypted)
    {
        (NvsItem[] items, byte[] image) = NvsRandom.Image(seed, 0x8000, version: seed % 3 == 0 ? 1 : 2);
        if (isEncrypted)
        {
            using var key = NvsKey.Generate();
            byte[] encrypted = NvsCipher.Encrypt(image, key);
            Assert.True(items.Length == 0 || NvsImage.Parse(encrypted).LooksEncrypted);
            image = NvsCipher.Decrypt(encrypted, key);
        }

        var read = NvsImage.Parse(image);
        Assert.Equal(items.Select(NvsRandom.Line), read.Entries.Select(NvsRandom.Line));
        Assert.Empty(NvsCheck.Run(read));
    }

    [Fact]
    public void Any_byte_flipped_is_found_or_harmless()
    {
        byte[] image = NvsRandom.Small();
        string[] values = NvsRandom.Values(image);
        Assert.Empty(NvsCheck.Run(NvsImage.Parse(image)));
        List<string> missed = [];
        for (int at = 0; at < image.Length; at++)
        {
            // Each bit of headers and states; elsewhere the whole byte and one bit.
            IEnumerable<int> flips = at % 0x1000 < 64 ? [0xFF, .. Enumerable.Range(0, 8).Select(bit => 1 << bit)] : [0xFF, 1 << (at % 8)];
            foreach (byte flip in flips.Select(flip => (byte)flip))
            {
                image[at] ^= flip;
                if (NvsCheck.Run(NvsImage.Parse(image)).Length == 0 && !NvsRandom.Values(image).SequenceEqual(values))
                {
                    missed.Add($"0x{at:X} by 0x{flip:X2}");
                }

                image[at] ^= flip;
            }
        }

        Assert.Empty(missed);
    }

    [Fact]
    public void Any_bytes_are_read_without_failing()
    {
        var random = new Random(1);
        byte[] image = NvsRandom.Small();
        foreach (int round in Enumerable.Range(0, 300))
        {
            byte[] damaged = round % 3 == 0 ? new byte[random.Next(0x3001)] : (byte[])image.Clone();
            int first = round % 3 == 0 ? 0 : random.Next(damaged.Length);
            random.NextBytes(damaged.AsSpan(first, Math.Min(damaged.Length - first, round % 3 == 0 ? int.MaxValue : 64)));
            if (damaged.Length > 0x1000 && round % 2 == 0)
            {
                // As if it were a page that the firmware reads.
                image.AsSpan(0, 64).CopyTo(damaged);
            }

            var read = NvsImage.Parse(damaged);
            Assert.All(NvsCheck.Run(read), finding => Assert.NotEmpty(finding.Text));
        }
    }

    [Fact]
    public void Entries_that_pretend_anything_are_read_without_failing()
    {
        // With their CRC made right, so that every field is believed.
        var random = new Random(2);
        byte[] types = [0x01, 0x08, 0x18, 0x21, 0x24, 0x28, 0x41, 0x42, 0x48];
        foreach (int _ in Enumerable.Range(0, 2000))
        {
            byte[] image = NvsRandom.Small();
            int at = 64 + (32 * random.Next(126));
            random.NextBytes(image.AsSpan(at, 32));
            image[at + 1] = types[random.Next(types.Length)];
            image[at] = (byte)random.Next(3);
            NvsRandom.Seal(image, at);
            image[32 + ((at - 64) / 128)] = (byte)random.Next(256);
            image[32 + random.Next(32)] = (byte)random.Next(256);
            var read = NvsImage.Parse(image);
            Assert.NotNull(NvsCheck.Run(read));
        }
    }

    [Fact]
    public void Every_finding_has_a_place_and_advice()
    {
        byte[] image = NvsRandom.Small();
        image[64 + 9] ^= 1;
        NvsFinding finding = NvsCheck.Run(NvsImage.Parse(image))[0];
        Assert.Equal((nameof(NvsFindingSeverity.Error), "EntryCrc", 0, 0, 64), (finding.Severity, finding.Id, finding.Page, finding.Entry, finding.Offset));
        Assert.NotEmpty(finding.Advice);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void String_without_its_zero_byte_is_found(int length)
    {
        // The string "hi" of the sample, its length changed and both CRCs made right.
        byte[] image = NvsSamples.Image();
        const int At = 64 + (2 * 32);
        image[At + 2] = (byte)(length == 0 ? 1 : 2);
        image[At + 24] = (byte)length;
        NvsRandom.SealData(image, At);
        Assert.Equal("Text", NvsCheck.Run(NvsImage.Parse(image)).First(finding => finding.Key == "s").Id);
    }

    [Fact]
    public void Partition_too_small_for_its_values_is_refused_whole()
    {
        var builder = new NvsImageBuilder(0x3000);
        InputException error = Assert.Throws<InputException>(() => builder.Add(NvsItem.Of("ns", "big", new byte[9000])));
        Assert.Equal(ErrorCode.NvsFull, error.Code);
        Assert.Contains("ns/big", error.Message, StringComparison.Ordinal);
    }
}
