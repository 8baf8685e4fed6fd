using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Core.Tests.Efuse.Fields;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Xunit;
using static Esp32Tools.Core.Tests.Efuse.Fields.EfuseTestChips;

namespace Esp32Tools.Core.Tests.Efuse.Plan;

/// <summary>What is planned on some chips and not on others.</summary>
public sealed class EfuseFamilyPlanTests
{
    private static readonly ChipDefinition s_s2 = ChipCatalog.ByName("esp32s2");
    private static readonly ChipDefinition s_s3 = ChipCatalog.ByName("esp32s3");
    private static readonly ChipDefinition s_c2 = ChipCatalog.ByName("esp32c2");

    [Fact]
    public void Long_key_fills_the_block_asked_for_and_the_next_free_one()
    {
        // KEY3 holds data.
        using EfusePlan plan = Plan(Chip(s_s2, 0, (7, 0, 1)), Request("XTS_AES_256_KEY", "BLOCK_KEY2", 64));
        Assert.Empty(plan.Refusals);
        Assert.Equal(["BLOCK_KEY4", "BLOCK_KEY2"], Keys(plan));
        Assert.Equal(Bytes(1, 64).Take(32).Reverse(), EfuseBits.ToBytes(plan.Writes[1].Words));
        Assert.Equal(Bytes(1, 64).Skip(32).Reverse(), EfuseBits.ToBytes(plan.Writes[0].Words));
        Assert.Equal(2u | (3u << 8), plan.Writes[2].Words[3]);
    }

    [Fact]
    public void Second_half_goes_round_to_the_first_block_but_not_to_one_that_another_request_names()
    {
        using EfusePlan plan = Plan(Chip(s_s2, 0), Request("XTS_AES_256_KEY", "BLOCK_KEY5", 64), Request("USER", "BLOCK_KEY0"));
        Assert.Empty(plan.Refusals);
        Assert.Equal(["BLOCK_KEY5", "BLOCK_KEY1", "BLOCK_KEY0"], Keys(plan));
    }

    [Fact]
    public void Long_key_that_is_there_already_is_found_in_both_blocks()
    {
        byte[] key = Bytes(1, 64);
        IEnumerable<(int, int, uint)> second = EfuseBits.ToWords([.. key.Skip(32).Reverse()]).Select((word, i) => (8, i, word));
        EfuseSnapshot chip = ChipWithBlock(s_s2, 0, 4, [.. key.Take(32).Reverse()], [(0, 2, 2u << 24), (0, 3, 3u << 8), .. second]);
        using EfusePlan plan = Plan(chip, Request("XTS_AES_256_KEY", "BLOCK_KEY0", 64));
        Assert.Empty(plan.Refusals);
        Assert.Empty(Keys(plan));
    }

    [Theory]
    [InlineData(32)]
    [InlineData(63)]
    public void Long_key_of_another_length_is_refused(int length)
    {
        using EfusePlan plan = Plan(Chip(s_s2, 0), Request("XTS_AES_256_KEY", "BLOCK_KEY0", length));
        Assert.Equal(ErrorCode.KeyLength, Assert.Single(plan.Refusals).Code);
    }

    [Fact]
    public void Half_of_a_long_key_never_goes_where_the_hardware_cannot_use_it()
    {
        using EfusePlan plan = Plan(Chip(s_s3, 2), Request("XTS_AES_256_KEY", "BLOCK_KEY4", 64));
        Assert.Empty(plan.Refusals);
        Assert.Equal(["BLOCK_KEY4", "BLOCK_KEY0"], Keys(plan));
    }

    [Fact]
    public void Two_fields_that_lock_the_chip_out_together_are_refused()
    {
        EfuseRequest[] both = [new EfuseValueRequest { Field = "DIS_USB_JTAG" }, new EfuseValueRequest { Field = "DIS_USB_SERIAL_JTAG" }];
        using EfusePlan plan = Plan(Chip(s_s3, 2), both);
        Assert.Contains("lock out", Assert.Single(plan.Refusals).Message);
        using EfusePlan second = Plan(Chip(s_s3, 2, (0, 3, 1u << 23)), both[0]);
        Assert.Single(second.Refusals);
        using EfusePlan one = Plan(Chip(s_s3, 2), both[1]);
        Assert.Empty(one.Refusals);
        using EfusePlan forced = EfusePlanner.Plan(Chip(s_s3, 2), both, new EfusePlanOptions { Allow = [ErrorCode.EfusePairLocksOut] });
        Assert.Empty(forced.Refusals);
    }

    [Theory]
    [InlineData(0u, "BLOCK_KEY0_LOW_128", false)]
    [InlineData(0u, "BLOCK_KEY0_HI_128", true)]
    [InlineData(0u, "BLOCK_KEY0", true)]
    [InlineData(1u << 10, "BLOCK_KEY0", false)]
    [InlineData((1u << 10) | (1u << 21), "BLOCK_KEY0_HI_128", true)]
    public void Half_of_the_one_key_block_that_may_hold_the_digest_stays_readable(uint word1, string name, bool isRefused)
    {
        using EfusePlan plan = Plan(Chip(s_c2, 100, (0, 1, word1)), new EfuseProtectionRequest { Name = name, Protection = EfuseProtection.Read });
        Assert.Equal(isRefused, plan.Refusals.Count > 0);
    }

    private static IEnumerable<string> Keys(EfusePlan plan) => plan.Writes.Where(write => write.Block.Index > 0).Select(write => write.Block.Name);

    private static EfusePlan Plan(EfuseSnapshot chip, params EfuseRequest[] requests) => EfusePlanner.Plan(chip, requests);

    private static EfuseKeyRequest Request(string purpose, string block, int length = 32) => new() { Purpose = purpose, Block = block, Key = Key(1, length) };
}
