using System;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Core.Tests.Formats.Images.Merge;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Images.Merge;
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
    public void Bootloader_inside_of_a_combined_image_is_changed_like_one_by_itself()
    {
        byte[] bootloader = ImageVectors.MinimalWithHash();
        byte[] blank = [.. Enumerable.Repeat((byte)0xFF, 0x1000)];
        ImageHeaderPatch patch = new() { FlashMode = "dout", FlashSize = "16MB" };
        PatchedImage patched = patch.Apply([.. blank, .. bootloader, 0xAA], 0, s_esp32);
        Assert.True(patched.IsChanged);
        Assert.Null(patched.Reason);
        Assert.Equal([.. blank, .. patch.Apply(bootloader, 0x1000, s_esp32).Data, 0xAA], patched.Data);
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xFF)]
    public void Combined_image_that_cannot_be_changed_says_why(byte front)
    {
        byte[] image = [.. Enumerable.Repeat(front, 0x1000), .. front == 0xFF ? new byte[100] : ImageVectors.MinimalWithHash()];
        PatchedImage patched = new ImageHeaderPatch { FlashMode = "dout" }.Apply(image, 0, s_esp32);
        Assert.False(patched.IsChanged);
        Assert.NotNull(patched.Reason);
        Assert.Same(image, patched.Data);
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

    public static TheoryData<string> PatchedMerges =>
    [
        .. MergeVectors.Cases.Values
            .Where(item => item.Output is not null && item.Options.Format == MergeFormat.Raw && item.Options.TargetOffset == 0 && item.Options.Header.FlashMode is not null)
            .Select(item => item.Id),
    ];

    [Theory]
    [MemberData(nameof(PatchedMerges))]
    public void Patched_bootloader_is_that_of_the_reference_tool(string name)
    {
        MergeCase item = MergeVectors.Cases[name];
        byte[] merged = ImageVectors.Read(item.Output!);
        foreach (ImagePart part in item.Parts)
        {
            byte[] patched = item.Options.Header.Apply(part.Data, part.Address, ChipCatalog.ByName(item.Chip)).Data;
            Assert.Equal(merged.Skip((int)part.Address).Take(part.Data.Length), patched);
        }
    }
}
