using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Core.Tests.Formats.Layout;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Images.Containers;
using Esp32Tools.Formats.Images.Merge;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Images.Merge;

public sealed class ImageMergerTests
{
    private static readonly ChipDefinition s_esp32 = ChipCatalog.ByName("esp32");

    public static TheoryData<string> Merges => Names(item => item.Output is not null);

    public static TheoryData<string> Refusals => Names(item => item.Output is null);

    [Theory]
    [MemberData(nameof(Merges))]
    public void Merged_image_is_that_of_the_reference_tool(string name)
    {
        MergeCase item = MergeVectors.Cases[name];
        MergedImage merged = ImageMerger.Merge(item.Parts, ChipCatalog.ByName(item.Chip), item.Options);
        Assert.True(ImageVectors.Read(item.Output!).AsSpan().SequenceEqual(merged.Data));
        Assert.Empty(merged.Warnings);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_the_reference_tool_refuses_has_its_own_code(string name)
    {
        MergeCase item = MergeVectors.Cases[name];
        InputException error = Assert.Throws<InputException>(() => ImageMerger.Merge(item.Parts, ChipCatalog.ByName(item.Chip), item.Options));
        bool isBelow = item.Parts.Any(part => part.Address < item.Options.TargetOffset);
        Assert.Equal(isBelow ? ErrorCode.ImageBelowOffset : ErrorCode.ImagesOverlap, error.Code);
    }

    [Fact]
    public void Gaps_are_filled_as_erased_flash_is()
    {
        ImagePart[] parts = [new("b", 0x3000, [4]), new("a", 0x1000, [1, 2])];
        byte[] merged = ImageMerger.Merge(parts, s_esp32, new() { TargetOffset = 0x800, PadToSize = 0x4000, Allow = [ErrorCode.NotAnImage] }).Data;
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
        MergedImage merged = ImageMerger.Merge([new("a", 0x1000, [1])], s_esp32, new() { Format = format, PadToSize = 0x10_0000, Allow = [ErrorCode.NotAnImage] });
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
        Assert.Equal(0x1_0000 + image.Length, ImageMerger.Merge(parts, s_esp32, new() { Allow = [code] }).Data.Length);
    }

    [Theory]
    [InlineData(0x1000u, ErrorCode.NotAnImage)]
    [InlineData(0x1_0000u, ErrorCode.PartitionContent)]
    [InlineData(0x8000u, ErrorCode.PartitionTableMissing)]
    public void Page_where_the_chip_reads_something_is_refused_unless_its_id_is_lifted(uint address, ErrorCode code)
    {
        ImagePart page = new("page.bin", address, "<html>404</html>"u8.ToArray());
        ImagePart[] parts = address == 0x8000 ? [page] : [page, new("table.bin", 0x8000, LayoutSamples.Table("app0,app,factory,0x10000,64K"))];
        InputException error = Assert.Throws<InputException>(() => ImageMerger.Merge(parts, s_esp32));
        Assert.Equal((code, "page.bin", true), (error.Code, error.Target, error.IsLiftable));
        Assert.NotEmpty(ImageMerger.Merge(parts, s_esp32, new() { Allow = [code] }).Data);
    }

    [Fact]
    public void Application_and_header_are_held_against_the_table_of_the_set()
    {
        ImagePart boot = new("boot.bin", 0x1000, LayoutSamples.Bootloader(s_esp32, "2MB"));
        ImagePart app = new("app.bin", 0x1_0000, LayoutSamples.App(s_esp32, 70_000));
        ImagePart Table(string size) => new("table.bin", 0x8000, LayoutSamples.Table($"app0,app,factory,0x10000,{size}"));
        Assert.Equal(ErrorCode.PartitionTooSmall, Assert.Throws<InputException>(() => ImageMerger.Merge([boot, Table("64K"), app], s_esp32)).Code);
        Assert.Equal(ErrorCode.FlashSizeBelowTable, Assert.Throws<InputException>(() => ImageMerger.Merge([boot, Table("6M"), app], s_esp32)).Code);
        Assert.Empty(ImageMerger.Merge([boot, Table("6M"), app], s_esp32, new() { Header = new() { FlashSize = "16MB" } }).Warnings);
    }

    [Fact]
    public void Settings_that_could_not_be_put_in_are_told()
    {
        MergedImage merged = ImageMerger.Merge(
            [new("boot.bin", 0x1000, [1, 2, 3])], s_esp32, new() { Header = new() { FlashMode = "dio" }, Allow = [ErrorCode.NotAnImage] });
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

    private static TheoryData<string> Names(Func<MergeCase, bool> choose) => [.. MergeVectors.Cases.Values.Where(choose).Select(item => item.Id)];
}
