using System;
using System.Linq;
using Esp32Tools.Flash;
using Xunit;

namespace Esp32Tools.Core.Tests.Flash;

/// <summary>Parameter tables of the forms that parts have.</summary>
public sealed class FlashSfdpTests
{
    // As a Winbond W25Q part of 4 MB has it, revision 1.5: header, one table header, the basic table of 16 words at 0x80.
    private static readonly byte[] s_winbond =
    [
        .. Convert.FromHexString("53464450050100FF00050110800000FF"),
        .. Enumerable.Repeat((byte)0xFF, 0x70),
        .. Convert.FromHexString("E520F9FFFFFFFF0144EB086B083B42BBFEFFFFFFFFFF0000FFFF40EB0C200F5210D800003602A60082EA14C4E96376337A757A75F7A2D55C19F74DFFE930F880"),
    ];

    [Fact]
    public void Winbonds_table_says_what_the_part_can_do()
    {
        FlashSfdp table = FlashSfdp.TryParse(s_winbond)!;
        Assert.Equal("1.5", table.Revision);
        Assert.Equal(4 << 20, table.Size);
        Assert.Equal(256, table.PageSize);
        Assert.Equal([3], table.AddressLengths);
        Assert.Equal([new(4096, 0x20), new(32768, 0x52), new(65536, 0xD8)], table.GetEraseTypes());
        Assert.Equal(["1-1-2", "1-2-2", "1-1-4", "1-4-4", "4-4-4"], table.FastReads);
        Assert.Equal(9, table.QuadEnableBit);
    }

    [Fact]
    public void A_table_of_the_first_revision_has_nine_words()
    {
        byte[] old = [.. s_winbond];
        old[11] = 9;
        FlashSfdp table = FlashSfdp.TryParse(old)!;
        Assert.Equal(4 << 20, table.Size);
        Assert.Equal(256, table.PageSize);
        Assert.Null(table.QuadEnableBit);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(15)]
    public void Less_than_the_headers_is_no_table(int length) => Assert.Null(FlashSfdp.TryParse(s_winbond[..length]));

    [Theory]
    [InlineData(0x0FFF_FFFFu, 32L << 20)]
    [InlineData(0x7FFF_FFFFu, 256L << 20)]
    [InlineData(0x8000_0020u, 512L << 20)]
    [InlineData(0x8000_0022u, 2L << 30)]
    public void Sizes_above_two_gigabits_are_powers_of_two(uint word, long expected)
    {
        byte[] large = [.. s_winbond];
        BitConverter.TryWriteBytes(large.AsSpan(0x84), word);
        Assert.Equal(expected, FlashSfdp.TryParse(large)!.Size);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, 9)]
    [InlineData(2, 6)]
    [InlineData(3, 15)]
    [InlineData(5, 9)]
    [InlineData(7, null)]
    public void The_bit_for_four_lines_is_where_the_table_says(int code, int? expected)
    {
        byte[] bytes = [.. s_winbond];
        const int Word15 = 0x80 + (4 * 14);
        BitConverter.TryWriteBytes(bytes.AsSpan(Word15), (uint)code << 20);
        Assert.Equal(expected, FlashSfdp.TryParse(bytes)!.QuadEnableBit);
    }

    [Fact]
    public void The_length_covers_every_table()
    {
        Assert.Equal(0x80 + 64, FlashSfdp.TotalLength(s_winbond[..16]));
        byte[] two = Convert.FromHexString("53464450060101FF" + "00060110300000FF" + "C2000104100100FF");
        Assert.Equal(24, FlashSfdp.HeadersLength(two));
        Assert.Equal(0x110 + 16, FlashSfdp.TotalLength(two));
    }

    [Fact]
    public void The_newest_basic_table_counts()
    {
        byte[] two = new byte[0x100];
        Convert.FromHexString("5346445006" + "0101FF" + "00000109400000FF" + "00060110800000FF").CopyTo(two, 0);
        s_winbond.AsSpan(0x80).CopyTo(two.AsSpan(0x80));
        Assert.Equal(4 << 20, FlashSfdp.TryParse(two)!.Size);
    }

    [Fact]
    public void A_table_that_is_cut_off_gives_what_is_there()
    {
        FlashSfdp table = FlashSfdp.TryParse(s_winbond[..0x88])!;
        Assert.Equal(4 << 20, table.Size);
        Assert.Empty(table.GetEraseTypes());
        Assert.Null(FlashSfdp.TryParse([.. s_winbond[..8], .. new byte[8]]));
    }
}
