using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Images;

public sealed class ImageHeaderPatchTests
{
    private static readonly ChipDefinition s_esp32 = ChipCatalog.ByName("esp32");

    [Fact]
    public void Settings_and_digest_change_and_no_other_byte()
    {
        byte[] original = [.. ImageVectors.MinimalWithHash(), 0xAA, 0xBB];
        byte[] kept = (byte[])original.Clone();
        PatchedImage patched = new ImageHeaderPatch { FlashMode = "DOUT", FlashFrequency = "80m", FlashSize = "16MB" }.Apply(original, 0x1000, s_esp32);

        Assert.True(patched.IsChanged);
        Assert.Null(patched.Reason);
        Assert.Equal(kept, original);
        Assert.Equal([3, 0x4F], patched.Data[2..4]);
        Assert.Equal(original[..2], patched.Data[..2]);
        Assert.Equal(original[4..64], patched.Data[4..64]);
        Assert.Equal(original[96..], patched.Data[96..]);
        Assert.True(FirmwareImage.Parse(patched.Data).IsHashValid);
    }

    [Fact]
    public void What_is_not_named_is_kept()
    {
        byte[] original = ImageVectors.MinimalWithHash();
        PatchedImage patched = new ImageHeaderPatch { FlashSize = "2mb" }.Apply(original, 0x1000, s_esp32);
        Assert.Equal([2, 0x10], patched.Data[2..4]);
    }

    [Fact]
    public void Image_without_digest_gets_none()
    {
        PatchedImage patched = new ImageHeaderPatch { FlashMode = "qio" }.Apply(ImageVectors.Minimal(), 0x1000, s_esp32);
        Assert.True(patched.IsChanged);
        Assert.Equal(64, patched.Data.Length);
        Assert.Equal(ImageVectors.Minimal()[4..], patched.Data[4..]);
    }

    [Theory]
    [InlineData("other address")]
    [InlineData("same settings")]
    [InlineData("nothing asked")]
    public void Nothing_to_do_needs_no_reason(string why)
    {
        byte[] original = ImageVectors.MinimalWithHash();
        ImageHeaderPatch patch = why switch
        {
            "nothing asked" => new(),
            "same settings" => new() { FlashMode = "dio", FlashSize = "4MB", FlashFrequency = "40m" },
            _ => new() { FlashMode = "qio" },
        };
        PatchedImage patched = patch.Apply(original, why == "other address" ? 0x10000u : 0x1000, s_esp32);
        Assert.Same(original, patched.Data);
        Assert.False(patched.IsChanged);
        Assert.Null(patched.Reason);
    }

    [Theory]
    [InlineData("no image")]
    [InlineData("empty")]
    [InlineData("truncated")]
    [InlineData("other chip")]
    [InlineData("wrong checksum")]
    [InlineData("wrong digest")]
    [InlineData("signed")]
    public void Image_that_cannot_be_patched_is_left_with_a_reason(string why)
    {
        byte[] image = why switch
        {
            "no image" => [0x00, .. ImageVectors.MinimalWithHash().Skip(1)],
            "empty" => [],
            "truncated" => ImageVectors.MinimalWithHash()[..60],
            "other chip" => ImageVectors.MinimalWithHash(chipId: 5),
            "signed" => [.. ImageVectors.MinimalWithHash(), .. Enumerable.Repeat((byte)0xFF, 4000), 0xE7, 0x02, .. new byte[4094]],
            _ => ImageVectors.MinimalWithHash(),
        };
        if (why.StartsWith("wrong", StringComparison.Ordinal))
        {
            image[why == "wrong checksum" ? 40 : 80] ^= 1;
        }

        byte[] kept = (byte[])image.Clone();
        PatchedImage patched = new ImageHeaderPatch { FlashMode = "qio" }.Apply(image, 0x1000, s_esp32);
        Assert.False(patched.IsChanged);
        Assert.Equal(kept, patched.Data);
        Assert.EndsWith(".", patched.Reason);
    }

    [Theory]
    [InlineData("warp", null, null)]
    [InlineData(null, "60m", null)]
    [InlineData(null, null, "3MB")]
    public void Setting_that_the_chip_does_not_have_is_refused_with_those_it_has(string? mode, string? frequency, string? size)
    {
        ImageHeaderPatch patch = new() { FlashMode = mode, FlashFrequency = frequency, FlashSize = size };
        InputException error = Assert.Throws<InputException>(() => patch.Validate(s_esp32));
        Assert.Equal(ErrorCode.ValueInvalid, error.Code);
        Assert.Contains((mode, frequency) switch { ({ }, _) => "dio", (_, { }) => "40m", _ => "4MB" }, error.Advice);
    }

    [Theory]
    [InlineData(4 * 1024 * 1024, "4MB")]
    [InlineData(256L * 1024 * 1024, null)]
    [InlineData(512 * 1024, null)]
    [InlineData(0, null)]
    public void Flash_of_a_size_has_a_name_or_none(long bytes, string? name) =>
        Assert.Equal(name, ImageHeaderPatch.FlashSizeName(bytes, s_esp32));

    [Fact]
    public void Patched_bootloader_is_that_of_the_reference_tool()
    {
        foreach (JsonElement item in MergesWithPatch())
        {
            string[] args = [.. item.GetProperty("args").EnumerateArray().Select(arg => arg.GetString()!)];
            string folder = Path.GetDirectoryName(item.GetProperty("output").GetString()!)!;
            byte[] merged = ImageVectors.Read(item.GetProperty("output").GetString()!);
            var chip = ChipCatalog.ByName(item.GetProperty("chip").GetString()!);
            ImageHeaderPatch patch = new() { FlashMode = After("--flash-mode"), FlashFrequency = After("--flash-freq"), FlashSize = After("--flash-size") };
            for (int i = Array.FindIndex(args, arg => arg.StartsWith("0x", StringComparison.Ordinal)); i < args.Length; i += 2)
            {
                uint address = uint.Parse(args[i].AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                byte[] part = ImageVectors.Read($"{folder}/{args[i + 1]}");
                byte[] patched = patch.Apply(part, address, chip).Data;
                Assert.Equal(merged.Skip((int)address).Take(part.Length), patched);
            }

            string? After(string option) => Array.IndexOf(args, option) is >= 0 and int at ? args[at + 1] : null;
        }
    }

    private static IEnumerable<JsonElement> MergesWithPatch()
    {
        if (!SharedFiles.Available)
        {
            return [];
        }

        string text = File.ReadAllText(SharedFiles.PathOf("vectors", "images", "merge-bin.json"));
        JsonElement[] cases =
        [
            .. JsonDocument.Parse(text).RootElement.EnumerateArray().Where(item =>
                item.GetProperty("args").ToString().Contains("--flash-mode", StringComparison.Ordinal)
                && !item.GetProperty("args").ToString().Contains("--format", StringComparison.Ordinal)
                && ChipCatalog.Find(item.GetProperty("chip").GetString()!) is not null),
        ];
        Assert.NotEmpty(cases);
        return cases;
    }
}
