using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Images.Containers;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Images.Containers;

public sealed class IntelHexTests
{
    [Fact]
    public void Bytes_of_one_bank_need_no_upper_address()
    {
        byte[] text = IntelHex.Write([Part(0x8000, 0x01, 0x02, 0xFF)]);
        Assert.Equal(":038000000102FF7B\n:00000001FF\n", Encoding.ASCII.GetString(text));
    }

    [Fact]
    public void Line_ends_where_the_bank_ends()
    {
        string[] lines = Lines(IntelHex.Write([Part(0xFFFE, 1, 2, 3, 4)]));
        Assert.Equal([":020000040000FA", ":02FFFE000102FE", ":020000040001F9", ":020000000304F7", ":00000001FF"], lines);
    }

    [Fact]
    public void Last_byte_of_the_first_bank_needs_no_upper_address() =>
        Assert.Equal([":01FFFF0007FA", ":00000001FF"], Lines(IntelHex.Write([Part(0xFFFF, 7)])));

    [Fact]
    public void Every_record_type_is_understood()
    {
        IReadOnlyList<ImagePart> parts = Parse(
            ":020000021000EC", ":02000000AABB99", // segment 0x1000 * 16 = 0x10000
            ":0400000300003800C1", ":04000005000000CD2A", // start addresses
            string.Empty, ":020000040002F8", "  :01000500CC2E  ", ":00000001FF", "what follows the end is not read");
        Assert.Equal([(0x1_0000u, 2), (0x2_0005u, 1)], parts.Select(part => (part.Address, part.Data.Length)));
        Assert.Equal([0xAA, 0xBB, 0xCC], parts.SelectMany(part => part.Data));
    }

    [Fact]
    public void Lines_in_any_order_become_runs_of_addresses()
    {
        IReadOnlyList<ImagePart> parts = Parse(":0100020003FA", ":0100100004EB", ":020000000102FB", ":00000001FF");
        Assert.Equal(["1,2,3 at 0", "4 at 16"], parts.Select(part => $"{string.Join(',', part.Data)} at {part.Address}"));
        Assert.All(parts, part => Assert.Equal("a.hex", part.Name));
    }

    [Theory]
    [InlineData("020000000102FB", "colon")]
    [InlineData(":020000000102FC", "checksum")]
    [InlineData(":0200000001G2FB", "digit")]
    [InlineData(":030000000102FA", "length")]
    [InlineData(":020000000102FB0", "length")]
    [InlineData(":00", "length")]
    [InlineData(":00000006FA", "type")]
    [InlineData(":0100000401FA", "two bytes")]
    public void Damaged_line_is_named_with_its_number(string line, string what)
    {
        InputException error = Assert.Throws<InputException>(() => Parse(":0100000001FE", string.Empty, line, ":00000001FF"));
        Assert.Equal(ErrorCode.IntelHexInvalid, error.Code);
        Assert.StartsWith("Line 3 of the Intel HEX file 'a.hex'", error.Message);
        Assert.Contains(what, error.Message);
        Assert.Equal("a.hex", error.Target);
    }

    [Fact]
    public void Byte_given_twice_is_refused() => Assert.Contains(
        "0x1 ", Assert.Throws<InputException>(() => Parse(":020000000102FB", ":0100010001FD", ":00000001FF")).Message);

    [Fact]
    public void File_without_its_end_is_truncated() =>
        Assert.Equal(ErrorCode.ImageTruncated, Assert.Throws<InputException>(() => Parse(":020000000102FB")).Code);

    [Fact]
    public void File_without_data_is_empty() =>
        Assert.Equal(ErrorCode.ImageEmpty, Assert.Throws<InputException>(() => Parse(":00000001FF")).Code);

    [Theory]
    [InlineData(":00000001FF", true)]
    [InlineData(":00000001FF\r\n", true)]
    [InlineData(":00000001F", false)]
    [InlineData(":0000000", false)]
    [InlineData(":000000 1FF", false)]
    [InlineData("00000001FF", false)]
    [InlineData("", false)]
    public void Form_of_the_first_line_tells_the_format(string text, bool looks) =>
        Assert.Equal(looks, IntelHex.LooksLike(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Parts_that_overlap_are_not_written() => Assert.Equal(
        ErrorCode.ImagesOverlap, Assert.Throws<InputException>(() => IntelHex.Write([Part(0, 1, 2), Part(1, 3)])).Code);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void What_is_written_is_read_back(int seed)
    {
        ImagePart[] parts = RandomParts.Make(seed);
        IReadOnlyList<ImagePart> read = IntelHex.Parse(IntelHex.Write(parts));
        Assert.Equal(parts.OrderBy(part => part.Address).Select(part => part.Address), read.Select(part => part.Address));
        Assert.Equal(parts.OrderBy(part => part.Address).SelectMany(part => part.Data), read.SelectMany(part => part.Data));
    }

    [Fact]
    public void Damage_of_any_kind_is_refused_or_does_not_matter()
    {
        byte[] sound = IntelHex.Write(RandomParts.Make(5));
        RandomDamage.Each(sound, 400, damaged => IntelHex.Parse(damaged));
    }

    private static ImagePart Part(uint address, params byte[] data) => new("part", address, data);

    private static IReadOnlyList<ImagePart> Parse(params string[] lines) => IntelHex.Parse(Encoding.ASCII.GetBytes(string.Join("\r\n", lines)), "a.hex");

    private static string[] Lines(byte[] text) => Encoding.ASCII.GetString(text).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
