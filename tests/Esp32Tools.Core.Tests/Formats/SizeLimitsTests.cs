using System;
using Esp32Tools.Chips;
using Esp32Tools.Core.Tests.Formats.Images.Elf;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images.Build;
using Esp32Tools.Formats.Images.Elf;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats;

/// <summary>A size that no flash has is refused before memory is taken for it.</summary>
public sealed class SizeLimitsTests
{
    private const long Few = 4 << 20;

    [Theory]
    [InlineData(0x1000_1000)]
    [InlineData(512 << 20)]
    [InlineData(int.MaxValue & ~0xFFF)]
    public void Nvs_partition_fits_a_flash(int size) => Assert.Equal(ErrorCode.ValueInvalid, Refused(() => new NvsImageBuilder(size)));

    [Theory]
    [InlineData("blob_fill(999999999;0xFF)")]
    [InlineData("blob_sz_fill(1000000;0xFF)")]
    public void Filled_value_fits_a_partition(string encoding) =>
        Assert.Equal(ErrorCode.NvsItemInvalid, Refused(() => NvsValue.Parse(NvsEncoding.Parse(encoding), "x")));

    [Fact]
    public void Image_is_padded_to_what_a_flash_has()
    {
        ChipDefinition chip = ChipCatalog.ByName("esp32");
        var elf = ElfFile.Parse(ElfBytes.MakeRandom(chip, 1));
        Assert.Equal(ErrorCode.ValueInvalid, Refused(() => ImageBuilder.Build(elf, chip, new ImageBuildOptions { PadToSize = 0x1000_0001 })));
        Assert.Equal(0x40_0000, ImageBuilder.Build(elf, chip, new ImageBuildOptions { PadToSize = 0x40_0000 }).Data.Length);
    }

    [Fact]
    public void Alignment_in_an_elf_file_fills_no_gap_that_a_linker_does_not_make()
    {
        ChipDefinition chip = ChipCatalog.ByName("esp32");
        byte[] file = ElfBytes.Make(chip.Image.ElfMachine, 0x4008_0000, (".a", 0x3F40_0020, [1, 2, 3, 4]), (".b", 0x4008_0000, [5, 6, 7, 8]));

        // The alignment of the last section; the gap before it would be 13 MB.
        BitConverter.GetBytes(0x0008_0000).CopyTo(file, file.Length - 8);
        var elf = ElfFile.Parse(file);
        long allocated = Limits.AllocatedBy(() => ImageBuilder.Build(elf, chip, new ImageBuildOptions { RamOnlyHeader = true }));
        Assert.InRange(allocated, 0, Few);
    }

    private static ErrorCode Refused(Action action)
    {
        ErrorCode? code = null;
        Assert.InRange(Limits.AllocatedBy(() => code = Assert.Throws<InputException>(action).Code), 0, Few);
        return code!.Value;
    }
}
