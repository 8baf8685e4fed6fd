using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Images;
using Esp32Tools.Images.Build;
using Esp32Tools.Images.Elf;
using Xunit;

namespace Esp32Tools.Core.Tests.Images.Build;

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
        ImageException error = Assert.Throws<ImageException>(() => Build(item));
        Assert.Equal(s_refusals[item.Note], error.Code);
        Assert.NotEmpty(error.Advice);
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
