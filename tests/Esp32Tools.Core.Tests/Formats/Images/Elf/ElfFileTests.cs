using System;
using System.Linq;
using System.Security.Cryptography;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images.Elf;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Images.Elf;

public sealed class ElfFileTests
{
    private static readonly byte[] s_sound = ElfBytes.Make(0x5E, 0x4008_0000, (".a", 0x4008_0000, [1, 2, 3]), (".none", 0, [9]), (".ü", 0x3FFB_0000, [4]));

    [Fact]
    public void Sections_and_segments_with_an_address_are_loaded()
    {
        var elf = ElfFile.Parse(s_sound, "app.elf");
        Assert.Equal((0x5E, 0x4008_0000u, "app.elf"), (elf.Machine, elf.EntryPoint, elf.Source));
        Assert.Equal([".a", ".ü"], elf.Sections.Select(section => section.Name));
        Assert.Equal([0x4008_0000u, 0x3FFB_0000u], elf.Sections.Select(section => section.Address));
        Assert.Equal([1, 2, 3], elf.Sections[0].Data);
        Assert.Equal(4u, elf.Sections[0].Alignment);
        Assert.Equal(["PHDR", "PHDR"], elf.Segments.Select(segment => segment.Name));
        Assert.Equal([4], elf.Segments[1].Data);
        Assert.Equal(SHA256.HashData(s_sound), elf.ComputeHash());
    }

    public static TheoryData<string, Func<byte[], byte[]>, ErrorCode> Flaws => new()
    {
        { "nothing in it", _ => [], ErrorCode.ImageEmpty },
        { "a text", _ => [.. "hello"u8], ErrorCode.ElfInvalid },
        { "the magic alone", elf => elf[..4], ErrorCode.ElfTruncated },
        { "64 bits", elf => Set(elf, 4, 2), ErrorCode.ElfInvalid },
        { "big-endian", elf => Set(elf, 5, 2), ErrorCode.ElfInvalid },
        { "another machine", elf => Set(elf, 18, 0x3E), ErrorCode.ElfForOtherMachine },
        { "section headers of another size", elf => Set(elf, 46, 64), ErrorCode.ElfInvalid },
        { "program headers of another size", elf => Set(elf, 42, 56), ErrorCode.ElfInvalid },
        { "no section headers", elf => Set(elf, 48, 0), ErrorCode.ElfInvalid },
        { "names in a section that is not there", elf => Set(elf, 50, 99), ErrorCode.ElfInvalid },
        { "section headers behind the end", elf => Set(elf, 35, 0x10), ErrorCode.ElfTruncated },
        { "program headers behind the end", elf => Set(elf, 31, 0x10), ErrorCode.ElfTruncated },
        { "a section behind the end", elf => Set(elf, elf.Length - 120 + 17, 0x10), ErrorCode.ElfTruncated },
        { "a name behind the names", elf => Set(elf, elf.Length - 120 + 1, 0x10), ErrorCode.ElfInvalid },
    };

    [Theory]
    [MemberData(nameof(Flaws))]
    public void Flaw_is_named_with_the_file(string what, Func<byte[], byte[]> make, ErrorCode code)
    {
        InputException error = Assert.Throws<InputException>(() => ElfFile.Parse(make((byte[])s_sound.Clone()), "app.elf"));
        Assert.True(error.Code == code, $"{what}: {error.Code} {error.Message}");
        Assert.Contains("'app.elf'", error.Message);
        Assert.Equal("app.elf", error.Target);
        Assert.NotEmpty(error.Advice);
    }

    [Fact]
    public void Every_shorter_file_is_refused()
    {
        for (int length = 0; length < s_sound.Length; length++)
        {
            Assert.Throws<InputException>(() => ElfFile.Parse(s_sound[..length]));
        }
    }

    [Fact]
    public void Damage_of_any_kind_is_refused_or_does_not_matter()
    {
        byte[] sound = ElfBytes.MakeRandom(ChipCatalog.ByName("esp32"), 1);
        RandomDamage.Each(sound, 500, damaged => ElfFile.Parse(damaged));
        RandomDamage.Each(s_sound, 2000, damaged => ElfFile.Parse(damaged));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Headers_that_share_bytes_are_refused_before_these_are_copied(int kind)
    {
        byte[] hostile = kind switch
        {
            0 => ElfBytes.MakeShared(sections: 2000, segments: 0, nameLength: 5, dataLength: 200_000),
            1 => ElfBytes.MakeShared(sections: 0, segments: 2000, nameLength: 5, dataLength: 200_000),
            _ => ElfBytes.MakeShared(sections: 2000, segments: 0, nameLength: 200_000, dataLength: 4),
        };
        InputException? error = null;
        long allocated = Limits.AllocatedBy(() => error = Assert.Throws<InputException>(() => ElfFile.Parse(hostile, "app.elf")));
        Assert.InRange(allocated, 0, 8L * hostile.Length);
        Assert.Equal(ErrorCode.ElfInvalid, error!.Code);
        Assert.Contains("the same bytes", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Set(byte[] bytes, int offset, byte value)
    {
        bytes[offset] = value;
        return bytes;
    }
}
