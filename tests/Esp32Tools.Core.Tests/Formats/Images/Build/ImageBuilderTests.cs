using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Core.Tests.Formats.Images.Elf;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Images.Build;
using Esp32Tools.Formats.Images.Elf;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Images.Build;

public sealed class ImageBuilderTests
{
    private static readonly Dictionary<string, ErrorCode> s_refusals = new()
    {
        ["the application descriptor is not where its digest would go"] = ErrorCode.DigestPlaceTaken,
        ["the place for the ELF digest is not empty"] = ErrorCode.DigestPlaceTaken,
        ["flash segments with a gap inside one page"] = ErrorCode.SegmentsShareFlashPage,
        ["not an ELF file"] = ErrorCode.ElfInvalid,
        ["ELF for another machine"] = ErrorCode.ElfForOtherMachine,
        ["section headers cut off"] = ErrorCode.ElfTruncated,
        ["empty file"] = ErrorCode.ImageEmpty,
    };

    public static TheoryData<string> Conversions => Names(item => item.Image is not null);

    public static TheoryData<string> Refusals => Names(item => item.Image is null);

    [Theory]
    [MemberData(nameof(Conversions))]
    public void Image_is_that_of_the_reference_tool(string name)
    {
        if (name.Length == 0)
        {
            return;
        }

        BuildCase item = BuildVectors.Cases[name];
        BuiltImage built = Build(item);
        byte[] expected = ImageVectors.Read(item.Image!);
        Assert.Equal(expected.Length, built.Data.Length);
        int different = Enumerable.Range(0, expected.Length).FirstOrDefault(i => expected[i] != built.Data[i], -1);
        Assert.True(different < 0, $"First different at 0x{different:X}.");
        Assert.Equal(item.Note.Contains("with a warning", StringComparison.Ordinal), built.Warnings.Count > 0);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_the_reference_tool_refuses_has_its_own_code(string name)
    {
        if (name.Length == 0)
        {
            return;
        }

        BuildCase item = BuildVectors.Cases[name];
        InputException error = Assert.Throws<InputException>(() => Build(item));
        Assert.Equal(s_refusals[item.Note], error.Code);
        Assert.NotEmpty(error.Advice);
    }

    public static TheoryData<string, int> RandomElves
    {
        get
        {
            TheoryData<string, int> data = [];
            foreach (ChipDefinition chip in ChipCatalog.All)
            {
                foreach (int seed in Enumerable.Range(1, 12))
                {
                    data.Add(chip.Key, seed);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(RandomElves))]
    public void Image_of_any_program_is_read_back_and_can_be_mapped(string key, int seed)
    {
        ChipDefinition chip = ChipCatalog.ByName(key);
        byte[] bytes = ElfBytes.MakeRandom(chip, seed);
        var elf = ElfFile.Parse(bytes);
        SecurePadding padding = (SecurePadding)(seed % 3);
        BuiltImage built = ImageBuilder.Build(elf, chip, new() { SecurePadding = padding, UseSegments = seed % 5 == 0 });
        var image = FirmwareImage.Parse(built.Data);
        image.EnsureIntact();
        Assert.Equal(built.Data.Length, image.Length);
        Assert.Equal(chip.Key, image.Chip?.Key);
        Assert.Equal(elf.EntryPoint, image.Header.EntryPoint);
        int page = image.App is { MmuPageSize: > 0 } app && seed % 5 != 0 ? app.MmuPageSize : chip.Image.MmuPageSizes.Min();
        foreach (ImageSegment segment in image.Segments.Where(segment => BuildSegment.IsMapped(segment.LoadAddress, chip)))
        {
            Assert.Equal(segment.LoadAddress % page, segment.DataOffset % page);
        }

        foreach (ElfSection section in elf.Sections)
        {
            AssertLoaded(section, image, built.Data, elf);
        }

        if (padding == SecurePadding.V2)
        {
            Assert.Equal(0, built.Data.Length % page);
        }
    }

    [Theory]
    [MemberData(nameof(RandomElves))]
    public void Header_of_RAM_segments_alone_hides_the_others(string key, int seed)
    {
        ChipDefinition chip = ChipCatalog.ByName(key);
        var elf = ElfFile.Parse(ElfBytes.MakeRandom(chip, seed));
        byte[] built = ImageBuilder.Build(elf, chip, new() { RamOnlyHeader = true, UseSegments = true }).Data;
        var image = FirmwareImage.Parse(built);
        image.EnsureIntact();
        Assert.Null(image.StoredHash);
        Assert.All(image.Segments, segment => Assert.False(BuildSegment.IsMapped(segment.LoadAddress, chip)));
        foreach (ElfSection section in elf.Sections.Where(section => !BuildSegment.IsMapped(section.Address, chip)))
        {
            AssertLoaded(section, image, built, elf);
        }
    }

    [Fact]
    public void Smallest_image_is_known_byte_by_byte()
    {
        byte[] elf = ElfBytes.Make(0x5E, 0x4008_0000, (".iram0.text", 0x4008_0000, [.. Enumerable.Range(0, 16).Select(i => (byte)i)]));
        BuiltImage built = ImageBuilder.Build(
            ElfFile.Parse(elf), ChipCatalog.ByName("esp32"), new() { FlashMode = "DIO", FlashSize = "4MB", MaxRevision = 0, AppendHash = false });
        Assert.Equal(ImageVectors.Minimal(), built.Data);
        Assert.Empty(built.Warnings);
    }

    [Fact]
    public void Padding_leaves_the_image_as_it_is()
    {
        // The reference tool, asked for both, writes FF over an image without a digest.
        byte[] elf = ElfBytes.MakeRandom(ChipCatalog.ByName("esp32"), 1);
        byte[] Build(int? size) => ImageBuilder.Build(
            ElfFile.Parse(elf), ChipCatalog.ByName("esp32"), new() { AppendHash = false, PadToSize = size }).Data;
        byte[] plain = Build(null);
        byte[] padded = Build(0x10_0000);
        Assert.Equal(0x10_0000, padded.Length);
        Assert.Equal(plain, padded[..plain.Length]);
        Assert.All(padded[plain.Length..], value => Assert.Equal(0xFF, value));
    }

    public static TheoryData<string, ErrorCode, ImageBuildOptions> Conflicts => new()
    {
        { "no such mode", ErrorCode.ValueInvalid, new() { FlashMode = "warp" } },
        { "no such frequency", ErrorCode.ValueInvalid, new() { FlashFrequency = "1m" } },
        { "no such size", ErrorCode.ValueInvalid, new() { FlashSize = "3MB" } },
        { "padding to nothing", ErrorCode.ValueInvalid, new() { PadToSize = 0 } },
        { "padding without digest", ErrorCode.SettingsConflict, new() { SecurePadding = SecurePadding.V2, AppendHash = false } },
        { "padding with RAM alone", ErrorCode.SettingsConflict, new() { SecurePadding = SecurePadding.V2, RamOnlyHeader = true } },
        { "digest in the header", ErrorCode.DigestPlaceTaken, new() { ElfHashOffset = 0x10 } },
    };

    [Theory]
    [MemberData(nameof(Conflicts))]
    public void Settings_that_cannot_be_are_refused(string what, ErrorCode code, ImageBuildOptions options)
    {
        var elf = ElfFile.Parse(ElfBytes.Make(0x5E, 0, (".iram0.text", 0x4008_0000, new byte[64])));
        InputException error = Assert.Throws<InputException>(() => ImageBuilder.Build(elf, ChipCatalog.ByName("esp32"), options));
        Assert.True(error.Code == code, what);
    }

    [Theory]
    [InlineData(0x5E, 0xB0u, null, "digest of the ELF file is not in it")]
    [InlineData(0xF3, 0u, null, "another kind of processor")]
    [InlineData(0x5E, 0u, 0x4000, "64 KB")]
    public void What_was_asked_and_not_done_is_told(ushort machine, uint hashOffset, int? page, string told)
    {
        var elf = ElfFile.Parse(ElfBytes.Make(machine, 0, (".iram0.text", 0x4008_0000, new byte[64])));
        BuiltImage built = ImageBuilder.Build(elf, ChipCatalog.ByName("esp32"), new() { ElfHashOffset = hashOffset, MmuPageSize = page });
        Assert.Contains(told, Assert.Single(built.Warnings));
    }

    [Fact]
    public void More_segments_than_a_chip_loads_are_refused()
    {
        (string, uint, byte[])[] sections = [.. Enumerable.Range(0, 17).Select(i => ($".s{i}", (uint)(0x4008_0000 + (i * 0x100)), new byte[4]))];
        var elf = ElfFile.Parse(ElfBytes.Make(0x5E, 0, sections));
        Assert.Equal(ErrorCode.SegmentLimit, Assert.Throws<InputException>(() => ImageBuilder.Build(elf, ChipCatalog.ByName("esp32"))).Code);
        var fewer = ElfFile.Parse(ElfBytes.Make(0x5E, 0, sections[..16]));
        Assert.Equal(16, FirmwareImage.Parse(ImageBuilder.Build(fewer, ChipCatalog.ByName("esp32")).Data).Segments.Count);
    }

    [Fact]
    public void Program_with_nothing_to_load_is_refused()
    {
        var elf = ElfFile.Parse(ElfBytes.Make(0x5E, 0, (".comment", 0, [1])));
        Assert.Equal(ErrorCode.ElfInvalid, Assert.Throws<InputException>(() => ImageBuilder.Build(elf, ChipCatalog.ByName("esp32"))).Code);
    }

    [Theory]
    [InlineData(0x400D_0022u, ErrorCode.Misaligned)]
    [InlineData(0x3F40_4000u, ErrorCode.SegmentsShareFlashPage)]
    public void Segment_that_cannot_be_mapped_is_refused(uint address, ErrorCode code)
    {
        var elf = ElfFile.Parse(ElfBytes.Make(0x5E, 0, (".flash.rodata", 0x3F40_0020, new byte[16]), (".flash.other", address, new byte[16])));
        Assert.Equal(code, Assert.Throws<InputException>(() => ImageBuilder.Build(elf, ChipCatalog.ByName("esp32"))).Code);
    }

    // Eight bytes in front of its place there is room for the header of a segment in between, and for none of its bytes.
    [Fact]
    public void Gap_of_a_header_alone_is_a_page_longer()
    {
        var elf = ElfFile.Parse(ElfBytes.Make(0x5E, 0, (".flash.rodata", 0x3F40_0028, new byte[16])));
        var image = FirmwareImage.Parse(ImageBuilder.Build(elf, ChipCatalog.ByName("esp32")).Data);
        ImageSegment segment = image.Segments.Single(segment => segment.LoadAddress != 0);
        Assert.Equal(0x1_0028, segment.DataOffset);
    }

    // Bytes of a section are found where its address says, in one segment or over several that follow each other.
    private static void AssertLoaded(ElfSection section, FirmwareImage image, byte[] built, ElfFile elf)
    {
        byte[] expected = (byte[])section.Data.Clone();
        if (section.Name == ".flash.appdesc" && image.App is { } app && app.ElfSha256 != new string('0', 64))
        {
            elf.ComputeHash().CopyTo(expected, 144);
        }

        for (int i = 0; i < expected.Length; i++)
        {
            uint address = section.Address + (uint)i;
            ImageSegment? segment = image.Segments.FirstOrDefault(
                segment => address >= segment.LoadAddress && address < segment.LoadAddress + segment.Length && segment.LoadAddress != 0);
            Assert.True(segment is not null && built[segment.DataOffset + (address - segment.LoadAddress)] == expected[i], $"{section.Name} + {i}");
        }
    }

    private static BuiltImage Build(BuildCase item) => ImageBuilder.Build(
        ElfFile.Parse(ImageVectors.Read(item.Elf), item.Elf), ChipCatalog.ByName(item.Chip), BuildVectors.OptionsOf(item));

    // A theory has to have a case; an empty name stands for none.
    private static TheoryData<string> Names(Func<BuildCase, bool> choose)
    {
        string[] names = [.. BuildVectors.Cases.Values.Where(item => choose(item) && ChipCatalog.Find(item.Chip) is not null).Select(item => item.Id)];
        return [.. names.DefaultIfEmpty(string.Empty)];
    }
}
