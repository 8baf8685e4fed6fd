using System;
using System.Linq;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Images.Containers;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Images.Containers;

public sealed class Uf2Tests
{
    private const uint Family = 0x1C5F_21B0;

    [Fact]
    public void Block_says_where_it_goes_and_whose_it_is()
    {
        byte[] block = Uf2.Write([new ImagePart("a", 0x1000, [1, 2, 3])], Family);
        Assert.Equal(Uf2.BlockSize, block.Length);
        Assert.Equal([0x0A32_4655, 0x9E5D_5157, 0x6000, 0x1000, 3, 0, 1, Family], Enumerable.Range(0, 8).Select(i => BitConverter.ToUInt32(block, 4 * i)));
        Assert.Equal([1, 2, 3], block[32..35]);
        Assert.Equal(0x1000u, BitConverter.ToUInt32(block, 35));
        Assert.Equal(3u, BitConverter.ToUInt32(block, 39));
        Assert.Equal(System.Security.Cryptography.MD5.HashData([1, 2, 3]), block[43..59]);
        Assert.All(block[59..508], value => Assert.Equal(0, value));
        Assert.Equal(0x0AB1_6F30u, BitConverter.ToUInt32(block, 508));
    }

    [Theory]
    [InlineData(1, null, true)]
    [InlineData(2, null, false)]
    [InlineData(3, 256, true)]
    [InlineData(4, 476, false)]
    [InlineData(5, 7, true)]
    public void What_is_written_is_read_back(int seed, int? payload, bool hasMd5)
    {
        ImagePart[] parts = RandomParts.Make(seed);
        Uf2File file = Uf2.Parse(Uf2.Write(parts, Family, new() { PayloadSize = payload, HasMd5 = hasMd5 }));
        Assert.Equal(Family, file.FamilyId);
        Assert.Equal("esp32", file.Chip?.Key);
        Assert.Equal(parts.Select(part => part.Address), file.Parts.Select(part => part.Address));
        Assert.Equal(parts.SelectMany(part => part.Data), file.Parts.SelectMany(part => part.Data));
    }

    [Fact]
    public void Parts_that_touch_stay_apart()
    {
        Uf2File file = Uf2.Parse(Uf2.Write([new("a", 0, [1]), new("b", 1, [2])], Family));
        Assert.Equal([0u, 1u], file.Parts.Select(part => part.Address));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(453)]
    public void Payload_that_does_not_fit_is_refused_with_what_fits(int size)
    {
        InputException error = Assert.Throws<InputException>(() => Uf2.Write([], Family, new() { PayloadSize = size }));
        Assert.Equal(ErrorCode.ValueInvalid, error.Code);
        Assert.Contains("452", error.Advice);
    }

    public static TheoryData<string, Action<byte[]>, string> Damages => new()
    {
        { "first magic", bytes => bytes[0] ^= 1, "magic" },
        { "last magic", bytes => bytes[511] ^= 1, "magic" },
        { "data", bytes => bytes[700] ^= 1, "MD5" },
        { "address", bytes => bytes[512 + 12] ^= 1, "MD5" },
        { "length", bytes => bytes[512 + 17] = 2, "708" },
        { "number", bytes => bytes[512 + 20] = 7, "numbered 7" },
        { "count", bytes => bytes[512 + 24] = 9, "of 9" },
        { "family", bytes => bytes[512 + 28] ^= 1, "family" },
        { "file container", bytes => bytes[9] |= 0x10, "file" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Damaged_block_is_named(string what, Action<byte[]> damage, string told)
    {
        byte[] bytes = Uf2.Write([new("a", 0, new byte[1000])], Family);
        damage(bytes);
        InputException error = Assert.Throws<InputException>(() => Uf2.Parse(bytes, "a.uf2"));
        Assert.True(error.Code == ErrorCode.Uf2Invalid, what);
        Assert.Matches(@"^Block \d .*'a\.uf2'", error.Message);
        Assert.Contains(told, error.Message);
    }

    [Fact]
    public void Missing_block_is_told()
    {
        byte[] bytes = Uf2.Write([new("a", 0, new byte[1000]), new("b", 5000, new byte[10])], Family);
        byte[] without = [.. bytes[..1024], .. bytes[1536..]];
        Assert.Contains("lacks", Assert.Throws<InputException>(() => Uf2.Parse(without)).Message);
        Assert.Contains("lacks", Assert.Throws<InputException>(() => Uf2.Parse(bytes[..1024])).Message);
    }

    [Fact]
    public void Overlap_is_refused() => Assert.Equal(
        ErrorCode.Uf2Invalid,
        Assert.Throws<InputException>(() => Uf2.Parse(Uf2.Write([new("a", 0, [1, 2]), new("b", 1, [2])], Family))).Code);

    [Fact]
    public void File_cut_inside_a_block_is_truncated() => Assert.Equal(
        ErrorCode.ImageTruncated,
        Assert.Throws<InputException>(() => Uf2.Parse(Uf2.Write([new("a", 0, [1])], Family)[..500])).Code);

    [Fact]
    public void File_without_blocks_is_empty() => Assert.Equal(ErrorCode.ImageEmpty, Assert.Throws<InputException>(() => Uf2.Parse([])).Code);

    [Fact]
    public void Damage_of_any_kind_is_refused_or_does_not_matter()
    {
        byte[] sound = Uf2.Write(RandomParts.Make(6), Family);
        RandomDamage.Each(sound, 400, damaged => Uf2.Parse(damaged));
    }
}
