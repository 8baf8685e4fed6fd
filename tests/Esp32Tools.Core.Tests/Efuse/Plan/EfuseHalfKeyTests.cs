using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Core.Tests.Efuse.Fields;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Xunit;
using static Esp32Tools.Core.Tests.Efuse.Fields.EfuseTestChips;

namespace Esp32Tools.Core.Tests.Efuse.Plan;

/// <summary>The ESP32-C2: one key block, which takes one key or two halves, and no field for the purpose.</summary>
public sealed class EfuseHalfKeyTests
{
    private const string HalfKey = "XTS_AES_128_KEY_DERIVED_FROM_128_EFUSE_BITS";

    private static readonly ChipDefinition s_c2 = ChipCatalog.ByName("esp32c2");

    [Fact]
    public void Whole_key_sets_the_key_length_and_is_hidden_in_both_halves()
    {
        using EfusePlan plan = Plan(Chip(s_c2, 100), Request("XTS_AES_128_KEY", 32));
        Assert.Empty(plan.Refusals);
        Assert.Equal(Bytes(1).Reverse(), EfuseBits.ToBytes(plan.Writes[0].Words));
        Assert.Equal([0u, 1u << 10], plan.Writes[1].Words);
        Assert.Equal([1u << 7, 0], plan.Writes[2].Words);
        Assert.Equal([0, 3u], plan.Writes[3].Words);
    }

    [Fact]
    public void Flash_key_and_digest_share_the_block_in_one_write()
    {
        using EfusePlan plan = Plan(Chip(s_c2, 100), Request(HalfKey, 16), Request("SECURE_BOOT_DIGEST", 32, 2));
        Assert.Empty(plan.Refusals);
        Assert.Empty(plan.Warnings);
        Assert.Equal(["BLOCK_KEY0", "BLOCK0", "BLOCK0"], plan.Writes.Select(write => write.Block.Name));
        Assert.Equal([.. Bytes(1, 16).Reverse(), .. Bytes(2).Take(16)], EfuseBits.ToBytes(plan.Writes[0].Words));
        Assert.Equal([1u << 7, 0], plan.Writes[1].Words);
        Assert.Equal([0, 1u], plan.Writes[2].Words);
    }

    [Theory]
    [InlineData(HalfKey, 16)]
    [InlineData("SECURE_BOOT_DIGEST", 16)]
    public void Half_alone_closes_the_other_which_is_warned_about(string purpose, int length)
    {
        using EfusePlan plan = Plan(Chip(s_c2, 100), Request(purpose, length));
        Assert.Empty(plan.Refusals);
        Assert.Contains("half", Assert.Single(plan.Warnings));
    }

    [Fact]
    public void Half_that_is_there_already_only_gets_what_it_lacks()
    {
        EfuseSnapshot chip = ChipWithBlock(s_c2, 100, 3, [.. Bytes(1, 16).Reverse(), .. Bytes(2, 16)]);
        using EfusePlan plan = Plan(chip, Request(HalfKey, 16), Request("SECURE_BOOT_DIGEST", 16, 2));
        Assert.Empty(plan.Refusals);
        Assert.Empty(plan.Warnings);
        Assert.All(plan.Writes, write => Assert.Equal("BLOCK0", write.Block.Name));
        using EfusePlan other = Plan(chip, Request(HalfKey, 16, 3));
        Assert.Equal(ErrorCode.KeyBlockInUse, other.Refusals[0].Code);
    }

    [Fact]
    public void Digest_is_found_beside_a_hidden_key()
    {
        EfuseSnapshot chip = ChipWithBlock(s_c2, 100, 3, [.. new byte[16], .. Bytes(2, 16)], (0, 1, 1));
        using EfusePlan plan = Plan(chip, Request("SECURE_BOOT_DIGEST", 16, 2));
        Assert.Empty(plan.Refusals);
        Assert.True(plan.Steps[0].IsDone);
        using EfusePlan key = Plan(chip, Request(HalfKey, 16));
        Assert.Equal(ErrorCode.KeyBlockInUse, key.Refusals[0].Code);
    }

    [Fact]
    public void Two_keys_for_the_same_half_are_refused()
    {
        using EfusePlan plan = Plan(Chip(s_c2, 100), Request(HalfKey, 16), Request("XTS_AES_128_KEY", 32, 2));
        Assert.Equal(ErrorCode.KeyBlockInUse, Assert.Single(plan.Refusals).Code);
    }

    [Fact]
    public void Half_with_a_digest_cannot_be_hidden_in_the_same_plan()
    {
        EfuseRequest hide = new EfuseProtectionRequest { Name = "BLOCK_KEY0_HI_128", Protection = EfuseProtection.Read };
        using EfusePlan plan = Plan(Chip(s_c2, 100, (0, 1, 1u << 10)), Request("SECURE_BOOT_DIGEST", 16), hide);
        Assert.NotEmpty(plan.Refusals);
    }

    private static EfusePlan Plan(EfuseSnapshot chip, params EfuseRequest[] requests) => EfusePlanner.Plan(chip, requests);

    private static EfuseKeyRequest Request(string purpose, int length, int seed = 1) => new() { Purpose = purpose, Key = Key(seed, length) };
}
