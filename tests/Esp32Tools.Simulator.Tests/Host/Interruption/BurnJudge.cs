using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Simulator.Efuse;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host.Interruption;

/// <summary>
/// What must hold for a chip at every moment of a burn, and after every run that takes it up again:
/// <list type="number">
/// <item>No bit is set that the whole burn does not set.</item>
/// <item>A block is locked or hidden, and gets a purpose, only when all of its fuses are burned, check bytes included.</item>
/// <item>A block is hidden only when its purpose is whole, and it and its purpose are locked as they are to be.</item>
/// <item>Nothing is locked that is not finished: what a bit of WR_DIS locks is what it is to be in the end. So RD_DIS is
/// locked only when all is hidden that is to be hidden, and no key is left readable for good.</item>
/// <item>The encryption count has bits only when key and configuration are whole.</item>
/// </list>
/// </summary>
internal sealed class BurnJudge
{
    private readonly BurnBoard _board;
    private readonly FuseMap _map;
    private readonly byte[] _start;
    private readonly byte[] _reference;

    public BurnJudge(BurnBoard board, FuseMap map, byte[] reference)
    {
        _board = board;
        _map = map;
        _start = board.Start;
        _reference = reference;
    }

    private ChipDefinition Chip => _board.Chip;

    /// <summary>Blocks that the burn fills and hides.</summary>
    public IEnumerable<EfuseBlockFacts> Secrets => Filled.Where(block => IsHidden(_reference, block));

    private IEnumerable<EfuseBlockFacts> Filled => Chip.Efuse.Blocks.Where(block => block.Index > 0 && !Of(_start, block).SequenceEqual(Of(_reference, block)));

    /// <summary>Judges the fuses.</summary>
    public void Judge(byte[] fuses, string when)
    {
        Assert.True(!fuses.Where((octet, i) => (octet & ~_reference[i]) != 0).Any(), $"{when}: a foreign bit is set");
        uint locks = Value(fuses, "WR_DIS");
        foreach (EfuseBlockFacts block in Filled)
        {
            bool isWhole = Of(fuses, block).SequenceEqual(Of(_reference, block));
            bool isLocked = block.WriteDisableBit is { } own && (locks >> own & 1) != 0;
            bool isHidden = IsHidden(fuses, block);
            Assert.True(isWhole || !(isLocked || isHidden), $"{when}: {block.Name} is not whole, and {(isLocked ? "locked" : "hidden")}");
            Assert.True(!isHidden || Locked(fuses, block) == Locked(_reference, block), $"{when}: {block.Name} is hidden and not locked");
            if (_map.FindPurposeOf(block.Index) is { } purpose)
            {
                Assert.True(isWhole || Value(fuses, purpose) == 0, $"{when}: {block.Name} has a purpose and no whole key");
                Assert.True(!isHidden || Value(fuses, purpose) == Value(_reference, purpose), $"{when}: {block.Name} is hidden with half a purpose");
            }

            Assert.True(isWhole || Count(fuses) == 0, $"{when}: the encryption count is set without a key");
        }

        Assert.True(Count(fuses) == Count(_start) || _map.Find("FLASH_CRYPT_CONFIG") is null || Value(fuses, "FLASH_CRYPT_CONFIG") == Value(_reference, "FLASH_CRYPT_CONFIG"), $"{when}: the encryption count is set without its configuration");
        foreach (FuseProtection protection in _map.WriteProtection.Where(protection => (locks >> protection.Bit & 1) != 0))
        {
            Assert.True((Word(fuses, protection.Word) & protection.Mask) == (Word(_reference, protection.Word) & protection.Mask), $"{when}: bit {protection.Bit} of WR_DIS locks what is not finished");
        }
    }

    /// <summary>
    /// A block where so few bits took that it reads as empty, with errors, is not used again: the key is in other blocks then,
    /// whole, for its purpose, locked and hidden as it is to be, and of the spoiled block nothing can be read.
    /// </summary>
    public void JudgeElsewhere(byte[] before, byte[] after)
    {
        EfuseBlockFacts[] spoiled = [.. Filled.Where(block => Of(before, block).Any(octet => octet != 0) && !Of(after, block).SequenceEqual(Of(_reference, block)))];
        Assert.NotEmpty(spoiled);
        Assert.All(spoiled, block => Assert.All(_board.Visible(block.Index), word => Assert.Equal(0u, word)));
        foreach (EfuseBlockFacts block in Filled)
        {
            EfuseBlockFacts other = Assert.Single(Chip.Efuse.Blocks, candidate => candidate.Index > 0 && Of(after, candidate).SequenceEqual(Of(_reference, block)));
            Assert.Equal(Locked(_reference, block), Locked(after, other));
            Assert.Equal(IsHidden(_reference, block), IsHidden(after, other));
            Assert.Equal(Value(_reference, _map.FindPurposeOf(block.Index)!), Value(after, _map.FindPurposeOf(other.Index)!));
        }
    }

    /// <summary>True when a new session can no longer be had.</summary>
    public bool IsClosed(byte[] fuses) => Value(fuses, _map.Find(EfuseRole.DownloadDisable)!) != 0;

    /// <summary>True when what is missing is nothing but what comes after hiding: the locks on protection, and the end of the loader.</summary>
    public bool LacksOnlyTheEnd(byte[] fuses) =>
        Chip.Efuse.Blocks.Skip(1).All(block => Of(fuses, block).SequenceEqual(Of(_reference, block)))
        && Enumerable.Range(0, 8 * Of(fuses, Chip.Efuse.Blocks[0]).Length).Where(bit => Bit(_reference, bit) && !Bit(fuses, bit)).All(EndBits.Contains);

    private IReadOnlyCollection<int> EndBits
    {
        get
        {
            FuseBits closing = _map.Find(EfuseRole.DownloadDisable)!;
            IReadOnlyList<int> locks = _map.Find("WR_DIS")!.Bits;
            IReadOnlyList<int> guarded = [.. closing.Bits, .. _map.Find("RD_DIS")!.Bits, .. locks];
            return [.. closing.Bits, .. _map.WriteProtection.Where(protection => guarded.Any(bit => bit / 32 == protection.Word && (protection.Mask >> (bit % 32) & 1) != 0)).Select(protection => locks[protection.Bit])];
        }
    }

    private bool IsHidden(byte[] fuses, EfuseBlockFacts block) =>
        new[] { block.ReadDisableBit, block.UpperHalfReadDisableBit }.OfType<int>().Any(bit => (Value(fuses, "RD_DIS") >> bit & 1) != 0);

    private (bool, bool) Locked(byte[] fuses, EfuseBlockFacts block)
    {
        uint locks = Value(fuses, "WR_DIS");
        bool purpose = _map.FindPurposeOf(block.Index) is { } field && _map.WriteProtection.Any(protection => (locks >> protection.Bit & 1) != 0 && field.Bits.Any(bit => bit / 32 == protection.Word && (protection.Mask >> (bit % 32) & 1) != 0));
        return (block.WriteDisableBit is { } own && (locks >> own & 1) != 0, purpose);
    }

    private uint Count(byte[] fuses) => Value(fuses, _map.Find("FLASH_CRYPT_CNT") is null ? "SPI_BOOT_CRYPT_CNT" : "FLASH_CRYPT_CNT");

    private byte[] Of(byte[] fuses, EfuseBlockFacts block) => _board.BlockOf(fuses, block.Index);

    private uint Value(byte[] fuses, string field) => Value(fuses, _map.Find(field)!);

    private uint Value(byte[] fuses, FuseBits field)
    {
        uint value = 0;
        foreach (int bit in field.Bits.Reverse())
        {
            value = (value << 1) | (Bit(fuses, bit) ? 1u : 0);
        }

        return value;
    }

    private static uint Word(byte[] fuses, int word) => System.BitConverter.ToUInt32(fuses, 4 * word);

    // Of block 0, which is the first.
    private static bool Bit(byte[] fuses, int bit) => (fuses[bit / 8] >> (bit % 8) & 1) != 0;
}
