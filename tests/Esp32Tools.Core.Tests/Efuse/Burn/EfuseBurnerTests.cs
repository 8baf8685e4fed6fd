using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Core.Tests.Efuse.Fields;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Xunit;
using static Esp32Tools.Core.Tests.Efuse.Fields.EfuseTestChips;

namespace Esp32Tools.Core.Tests.Efuse.Burn;

public sealed class EfuseBurnerTests
{
    private static readonly EfuseRequest s_c3Key = new EfuseKeyRequest { Block = "BLOCK_KEY0", Purpose = "XTS_AES_128_KEY", Key = Key(1) };
    private static readonly EfuseRequest s_esp32Key = new EfuseKeyRequest { Purpose = "FlashEncryption", Key = Key(1) };

    [Fact]
    public void Wrong_crystal_is_refused_before_anything_is_written()
    {
        (FakeEfuseDevice device, EfusePlan plan) = Prepare(Chip(C3, 4), s_c3Key);
        Assert.Equal(ErrorCode.EfuseCrystal, Fails(device, C3, plan, 26).Code);
        Assert.Empty(device.Writes);
    }

    [Fact]
    public void Esp32_clock_follows_the_crystal()
    {
        (FakeEfuseDevice device, EfusePlan plan) = Prepare(Chip(Classic, 300), s_esp32Key);
        EfuseBurner.Burn(device, device, Classic, 26, plan, CancellationToken.None);
        Assert.Equal(52u, device.Writes.Last(write => write.Offset == 0x118).Value);
        Assert.Equal((255u << 8) | 250, device.Writes.Last(write => write.Offset == 0xF8).Value);
    }

    [Fact]
    public void Chip_in_another_state_than_planned_is_left_alone()
    {
        using EfusePlan plan = EfusePlanner.Plan(Chip(C3, 4), [s_c3Key]);
        FakeEfuseDevice other = new(C3, Chip(C3, 4, (1, 0, 0x1234)));
        Assert.Equal(ErrorCode.EfusePlanStale, Fails(other, C3, plan).Code);
        Assert.Empty(other.Writes);
    }

    [Fact]
    public void Plan_is_burned_once()
    {
        (FakeEfuseDevice device, EfusePlan plan) = Prepare(Chip(C3, 4), s_c3Key);
        EfuseBurner.Burn(device, device, C3, 40, plan, CancellationToken.None);
        Assert.True(plan.IsSpent);
        Assert.Equal(ErrorCode.EfusePlanStale, Fails(device, C3, plan).Code);
    }

    [Fact]
    public void Controller_that_never_finishes_is_a_timeout_within_its_limit()
    {
        (FakeEfuseDevice device, EfusePlan plan) = Prepare(Chip(C3, 4), s_c3Key);
        device.Stuck = true;
        Assert.Equal(ErrorCode.EfuseTimeout, Fails(device, C3, plan).Code);
        Assert.InRange(device.Now, TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(0.3));
    }

    [Fact]
    public void Esp32_bits_that_did_not_take_are_burned_again()
    {
        (FakeEfuseDevice device, EfusePlan plan) = Prepare(Chip(Classic, 300), s_esp32Key);
        device.Weak[1] = (0, 0xFF);
        Assert.True(EfuseBurner.Burn(device, device, Classic, 40, plan, CancellationToken.None).Verified);
        Assert.Equal(2, device.Programmed[1]);
        Assert.Equal(Bytes(1).Reverse(), EfuseBits.ToBytes(device.Fuses[1]));
    }

    [Fact]
    public void Reed_Solomon_block_that_did_not_take_gets_the_same_code_word_again()
    {
        (FakeEfuseDevice device, EfusePlan plan) = Prepare(Chip(C3, 4), s_c3Key);
        device.Weak[4] = (0, 0xFF);
        Assert.True(EfuseBurner.Burn(device, device, C3, 40, plan, CancellationToken.None).Verified);
        Assert.Equal(2, device.Programmed[4]);
        Assert.Equal(Bytes(1).Reverse(), EfuseBits.ToBytes(device.Fuses[4]));
    }

    [Theory]
    [InlineData("esp32", 1)]
    [InlineData("esp32c3", 4)]
    public void Block_that_never_takes_is_burned_three_times_and_protection_is_held_back(string chipKey, int block)
    {
        ChipDefinition chip = ChipCatalog.ByName(chipKey);
        (FakeEfuseDevice device, EfusePlan plan) = Prepare(Chip(chip, 300), chipKey == "esp32" ? s_esp32Key : s_c3Key);
        device.Dead[block] = (0, 0xFF);
        EfuseException failure = Fails(device, chip, plan);
        Assert.Equal(ErrorCode.EfuseBurnFailed, failure.Code);
        Assert.Equal(chip.Efuse.Blocks[block].Name, failure.Target);
        Assert.Equal(3, device.Programmed[block]);
        Assert.Equal(0, device.Programmed[0]);
    }

    [Fact]
    public void Coding_errors_after_a_block_hold_back_what_follows()
    {
        (FakeEfuseDevice device, EfusePlan plan) = Prepare(Chip(C3, 4), s_c3Key);
        device.BeforeAccess = _ =>
        {
            if (device.Programmed[4] > 0)
            {
                device.Poke(C3.Efuse.Base + 0x1C0, 1u << 12);
            }
        };
        Assert.Contains("coding errors", Fails(device, C3, plan).Message);
        Assert.Equal(0, device.Programmed[0]);
    }

    [Theory]
    [InlineData("esp32")]
    [InlineData("esp32c3")]
    public void Connection_lost_at_any_access_is_one_clear_error_and_nothing_is_tried_again(string chipKey)
    {
        ChipDefinition chip = ChipCatalog.ByName(chipKey);
        EfuseRequest request = chipKey == "esp32" ? s_esp32Key : s_c3Key;
        int accesses = CountAccesses(chip, request);
        for (int lost = 0; lost < accesses; lost++)
        {
            (FakeEfuseDevice device, EfusePlan plan) = Prepare(Chip(chip, 300), request);
            int left = lost;
            int after = 0;
            device.BeforeAccess = _ =>
            {
                if (left-- > 0)
                {
                    return;
                }

                after++;
                throw new LoaderException(ErrorCode.ReplyTimeout, "No answer.");
            };
            Esp32Exception failure = Assert.ThrowsAny<Esp32Exception>(() => EfuseBurner.Burn(device, device, chip, 40, plan, CancellationToken.None));
            Assert.Equal(1, after);
            Assert.True(failure.Code is ErrorCode.ReplyTimeout or ErrorCode.EfuseBurnFailed);
            Assert.True(failure.Code == ErrorCode.EfuseBurnFailed || device.Programmed.All(count => count == 0));
            Assert.All(device.Programmed, count => Assert.InRange(count, 0, 3));
            Assert.True(plan.IsSpent);
        }
    }

    [Theory]
    [InlineData("esp32")]
    [InlineData("esp32c3")]
    public void Run_after_a_lost_connection_completes_the_burn_or_refuses_it(string chipKey)
    {
        ChipDefinition chip = ChipCatalog.ByName(chipKey);
        EfuseRequest request = chipKey == "esp32" ? s_esp32Key : s_c3Key;
        int accesses = CountAccesses(chip, request);
        for (int lost = 0; lost < accesses; lost++)
        {
            (FakeEfuseDevice device, EfusePlan plan) = Prepare(Chip(chip, 300), request);
            int left = lost;
            device.BeforeAccess = _ =>
            {
                if (left-- <= 0)
                {
                    throw new LoaderException(ErrorCode.ReplyTimeout, "No answer.");
                }
            };
            Assert.ThrowsAny<Esp32Exception>(() => EfuseBurner.Burn(device, device, chip, 40, plan, CancellationToken.None));

            device.BeforeAccess = null;
            device.Load();
            using EfusePlan again = EfusePlanner.Plan(EfuseReader.Read(device, chip, CancellationToken.None), [request]);
            if (again.Refusals.Count == 0)
            {
                EfuseBurner.Burn(device, device, chip, 40, again, CancellationToken.None);
            }
            else
            {
                // Hidden already: the key went in whole, and was compared before.
                Assert.Equal(ErrorCode.KeyBlockInUse, Assert.Single(again.Refusals).Code);
            }

            EfuseBlockFacts block = chip.Efuse.Blocks[chipKey == "esp32" ? 1 : 4];
            Assert.Equal(Bytes(1).Reverse(), EfuseBits.ToBytes(device.Fuses[block.Index]));
            EfuseSnapshot after = EfuseReader.Read(device, chip, CancellationToken.None);
            Assert.True(after.IsReadDisabled(block.ReadDisableBit!.Value));
            Assert.True(after.IsWriteDisabled(block.WriteDisableBit!.Value));
        }
    }

    [Fact]
    public void Cancelled_before_the_first_bit_burns_nothing()
    {
        (FakeEfuseDevice device, EfusePlan plan) = Prepare(Chip(C3, 4), s_c3Key);
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => EfuseBurner.Burn(device, device, C3, 40, plan, source.Token));
        Assert.All(device.Programmed, count => Assert.Equal(0, count));
    }

    [Theory]
    [InlineData("esp32")]
    [InlineData("esp32c3")]
    public void No_key_stays_in_the_write_registers(string chipKey)
    {
        ChipDefinition chip = ChipCatalog.ByName(chipKey);
        (FakeEfuseDevice device, EfusePlan plan) = Prepare(Chip(chip, 300), chipKey == "esp32" ? s_esp32Key : s_c3Key);
        EfuseBurner.Burn(device, device, chip, 40, plan, CancellationToken.None);
        IEnumerable<uint> offsets = chipKey == "esp32"
            ? chip.Efuse.Blocks.SelectMany(block => Enumerable.Range(0, block.Words).Select(i => block.WriteOffset + (4 * (uint)i)))
            : Enumerable.Range(0, 11).Select(i => 4 * (uint)i);
        Assert.All(offsets, offset => Assert.Equal(0u, device.ReadRegister(chip.Efuse.Base + offset, CancellationToken.None)));
    }

    [Fact]
    public void Stale_words_of_another_block_are_not_burned()
    {
        (FakeEfuseDevice device, EfusePlan plan) = Prepare(Chip(Classic, 300), s_esp32Key);
        device.Poke(Classic.Efuse.Base + 0xD8, 0xFFFF_FFFF);
        EfuseBurner.Burn(device, device, Classic, 40, plan, CancellationToken.None);
        Assert.All(device.Fuses[3], word => Assert.Equal(0u, word));
    }

    [Fact]
    public void What_closes_the_loader_comes_last_with_its_lock_behind_it_and_is_not_called_verified()
    {
        (FakeEfuseDevice device, EfusePlan plan) = Prepare(
            Chip(C3, 4),
            new EfuseProtectionRequest { Name = "DIS_DOWNLOAD_MODE", Protection = EfuseProtection.Write },
            new EfuseValueRequest { Field = "DIS_DOWNLOAD_MODE", Value = true },
            new EfuseValueRequest { Field = "DIS_PAD_JTAG", Value = 1 });
        EfuseBurnResult result = EfuseBurner.Burn(device, device, C3, 40, plan, CancellationToken.None);
        Assert.Equal([false, false, true], result.Steps.Select(step => step.Verified));
        Assert.False(result.Verified);
        Assert.Equal(1u << 18, device.Fuses[0][0]);
        Assert.Equal(1u, device.Fuses[0][4]);
        Assert.Equal(3, device.Programmed[0]);
    }

    [Fact]
    public void Hiding_the_coding_group_does_not_look_like_lost_bits()
    {
        (FakeEfuseDevice device, EfusePlan plan) = Prepare(
            Chip(Classic, 300, (0, 6, 1), (0, 5, 0xF000_0000)),
            new EfuseProtectionRequest { Name = "CODING_SCHEME", Protection = EfuseProtection.Read });
        Assert.True(EfuseBurner.Burn(device, device, Classic, 40, plan, CancellationToken.None).Verified);
        Assert.Equal(0u, device.Visible(0)[6]);
    }

    [Fact]
    public void Nothing_to_do_writes_nothing_and_is_verified()
    {
        (FakeEfuseDevice device, EfusePlan plan) = Prepare(Chip(Classic, 300, (0, 6, 0x40)), new EfuseValueRequest { Field = "JTAG_DISABLE" });
        EfuseBurnResult result = EfuseBurner.Burn(device, device, Classic, 40, plan, CancellationToken.None);
        Assert.False(result.Changed);
        Assert.True(result.Verified);
        Assert.Empty(device.Writes);
    }

    private static (FakeEfuseDevice Device, EfusePlan Plan) Prepare(EfuseSnapshot chip, params EfuseRequest[] requests)
    {
        EfusePlan plan = EfusePlanner.Plan(chip, requests);
        Assert.Empty(plan.Refusals);
        return (new FakeEfuseDevice(chip.Chip, chip), plan);
    }

    private static EfuseException Fails(FakeEfuseDevice device, ChipDefinition chip, EfusePlan plan, int crystalMHz = 40) =>
        Assert.Throws<EfuseException>(() => EfuseBurner.Burn(device, device, chip, crystalMHz, plan, CancellationToken.None));

    private static int CountAccesses(ChipDefinition chip, EfuseRequest request)
    {
        (FakeEfuseDevice device, EfusePlan plan) = Prepare(Chip(chip, 300), request);
        EfuseBurner.Burn(device, device, chip, 40, plan, CancellationToken.None);
        return device.Reads + device.Writes.Count;
    }
}
