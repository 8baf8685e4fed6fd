using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Images.Formats;
using Esp32Tools.Formats.Images.Merge;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Images.Merge;

public sealed class ImageMergerTests
{
    private static readonly ChipDefinition s_esp32 = ChipCatalog.ByName("esp32");

    private static readonly Dictionary<string, ErrorCode> s_refusals = new()
    {
        ["a part lies before the target offset"] = ErrorCode.ImageBelowOffset,
        ["parts overlap"] = ErrorCode.ImagesOverlap,
        ["two parts in one 4 KiB sector"] = ErrorCode.ImagesOverlap,
    };

    public static TheoryData<string> Merges => Names(item => item.Output is not null);

    public static TheoryData<string> Refusals => Names(item => item.Output is null);

    [Theory]
    [MemberData(nameof(Merges))]
    public void Merged_image_is_that_of_the_reference_tool(string name)
    {
        if (name.Length == 0)
        {
            return;
        }

        MergeCase item = MergeVectors.Cases[name];
        MergedImage merged = ImageMerger.Merge(item.Parts, ChipCatalog.ByName(item.Chip), item.Options);
        Assert.True(ImageVectors.Read(item.Output!).AsSpan().SequenceEqual(merged.Data));
        Assert.Empty(merged.Warnings);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_the_reference_tool_refuses_has_its_own_code(string name)
    {
        if (name.Length == 0)
        {
            return;
        }

        MergeCase item = MergeVectors.Cases[name];
        InputException error = Assert.Throws<InputException>(() => ImageMerger.Merge(item.Parts, ChipCatalog.ByName(item.Chip), item.Options));
        Assert.Equal(s_refusals[item.Note], error.Code);
    }

    [Fact]
    public void Gaps_are_filled_as_erased_flash_is()
    {
        ImagePart[] parts = [new("b", 0x3000, [4]), new("a", 0x1000, [1, 2])];
        byte[] merged = ImageMerger.Merge(parts, s_esp32, new() { TargetOffset = 0x800, PadToSize = 0x4000 }).Data;
        Assert.Equal(0x3800, merged.Length);
        Assert.Equal([1, 2], merged[0x800..0x802]);
        Assert.Equal(4, merged[0x2800]);
        Assert.Equal(0x3800 - 3, merged.Count(value => value == 0xFF));
    }

    [Theory]
    [InlineData(MergeFormat.IntelHex)]
    [InlineData(MergeFormat.Uf2)]
    public void Size_means_nothing_to_a_format_with_addresses_and_that_is_told(MergeFormat format)
    {
        MergedImage merged = ImageMerger.Merge([new("a", 0x1000, [1])], s_esp32, new() { Format = format, PadToSize = 0x10_0000 });
        Assert.Single(merged.Warnings);
        Assert.True(merged.Data.Length < 1000);
    }

    [Theory]
    [InlineData("other chip", ErrorCode.ImageForOtherChip)]
    [InlineData("truncated", ErrorCode.ImageTruncated)]
    [InlineData("damaged", ErrorCode.ImageInvalid)]
    public void Image_that_no_chip_would_start_is_refused_unless_that_is_wanted(string what, ErrorCode code)
    {
        byte[] image = ImageVectors.MinimalWithHash(chipId: what == "other chip" ? 5 : 0);
        image = what == "truncated" ? image[..60] : image;
        image[40] ^= (byte)(what == "damaged" ? 1 : 0);
        ImagePart[] parts = [new("app.bin", 0x1_0000, image)];
        InputException error = Assert.Throws<InputException>(() => ImageMerger.Merge(parts, s_esp32));
        Assert.Equal(code, error.Code);
        Assert.Equal("app.bin", error.Target);
        Assert.Equal(0x1_0000 + image.Length, ImageMerger.Merge(parts, s_esp32, new() { CheckImages = false }).Data.Length);
    }

    [Fact]
    public void Settings_that_could_not_be_put_in_are_told()
    {
        MergedImage merged = ImageMerger.Merge([new("boot.bin", 0x1000, [1, 2, 3])], s_esp32, new() { Header = new() { FlashMode = "dio" } });
        Assert.StartsWith("boot.bin: ", Assert.Single(merged.Warnings));
    }

    [Fact]
    public void Nothing_is_not_merged() =>
        Assert.Equal(ErrorCode.ImageEmpty, Assert.Throws<InputException>(() => ImageMerger.Merge([], s_esp32)).Code);

    [Fact]
    public void End_of_the_address_space_is_the_end() => Assert.Equal(
        ErrorCode.BeyondFlash,
        Assert.Throws<InputException>(() => ImageMerger.Merge([new("a", 0xFFFF_FFFF, [1, 2])], s_esp32, new() { Format = MergeFormat.Uf2 })).Code);

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Every_format_holds_the_same_bytes(int seed)
    {
        // Parts that do not share sectors.
        ImagePart[] parts = [.. RandomParts.Make(seed).OrderBy(part => part.Address).Select((part, i) => part with { Address = (part.Address & ~0xFFFu) + (uint)(i * 0x2000) })];
        byte[] raw = ImageMerger.Merge(parts, s_esp32).Data;
        IReadOnlyList<ImagePart> hex = IntelHex.Parse(ImageMerger.Merge(parts, s_esp32, new() { Format = MergeFormat.IntelHex }).Data);
        IReadOnlyList<ImagePart> uf2 = Uf2.Parse(ImageMerger.Merge(parts, s_esp32, new() { Format = MergeFormat.Uf2 }).Data).Parts;
        Assert.Equal(raw, ImageMerger.Merge(hex, s_esp32).Data);
        Assert.Equal(raw, ImageMerger.Merge(uf2, s_esp32).Data);
    }

    // A theory has to have a case; an empty name stands for none.
    private static TheoryData<string> Names(Func<MergeCase, bool> choose)
    {
        string[] names = [.. MergeVectors.Cases.Values.Where(item => choose(item) && ChipCatalog.Find(item.Chip) is not null).Select(item => item.Id)];
        return [.. names.DefaultIfEmpty(string.Empty)];
    }
}
