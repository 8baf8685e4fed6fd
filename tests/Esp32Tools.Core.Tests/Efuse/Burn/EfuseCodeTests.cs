using System;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Coding;
using Xunit;

namespace Esp32Tools.Core.Tests.Efuse.Burn;

/// <summary>Check vectors of efuse-rules.md, section 3.</summary>
public sealed class EfuseCodeTests
{
    [Theory]
    [InlineData("000102030405060708090A0B0C0D0E0F1011121314151617", "000102030405011E060708090A0B012F0C0D0E0F10110132121314151617" + "0141")]
    [InlineData("FFFFFFFFFFFF000000000000000000000000000000000000", "FFFFFFFFFFFF00A8000000000000000000000000000000000000000000000000")]
    public void Three_quarter_code_matches(string data, string coded) =>
        Assert.Equal(coded, Convert.ToHexString(EfuseBits.ToBytes(ThreeQuarterCode.Encode(EfuseBits.ToWords(Convert.FromHexString(data))))));

    [Theory]
    [InlineData("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F", "A04C470D3FFCB203DAE9F413")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000", "E10F626EAFECC5FBC6E0972F")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000001", "44774376DC1F07545C7FD561")]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", "13A3629259740425" + "7375E0AA")]
    public void Reed_Solomon_code_matches(string data, string check) =>
        Assert.Equal(check, Convert.ToHexString(EfuseBits.ToBytes(ReedSolomonCode.Encode(EfuseBits.ToWords(Convert.FromHexString(data))))));

    [Fact]
    public void Short_block_is_coded_as_if_filled_with_zeros() =>
        Assert.Equal(ReedSolomonCode.Encode([1, 2, 3, 4, 5, 6, 0, 0]), ReedSolomonCode.Encode([1, 2, 3, 4, 5, 6]));

    [Theory]
    [InlineData("aacdef010203", 0x56)]
    [InlineData("aacdef112233", 0x63)]
    [InlineData("000000000000", 0x00)]
    public void Mac_crc_matches(string octets, byte crc) => Assert.Equal(crc, MacCrc.Compute(Convert.FromHexString(octets)));

    [Fact]
    public void Bits_spread_over_pieces_come_back_together()
    {
        EfuseBitRange[] ranges = [new(30, 4), new(70, 1), new(3, 3)];
        uint[] words = EfuseBits.Spread([0b1011_0110], ranges, 3);
        Assert.Equal([0b1011_0110], EfuseBits.Gather(words, ranges, 8));
        Assert.Equal(5, words.Sum(word => EfuseOnes.Count(word)));
    }
}
