using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Core.Tests.Efuse.Burn;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Xunit;
using static Esp32Tools.Core.Tests.Efuse.Fields.EfuseTestChips;

namespace Esp32Tools.Core.Tests.Efuse.Plan;

/// <summary>Values and data that would mix with bits which are set already.</summary>
public sealed class EfuseMixTests
{
    public static TheoryData<string> Chips() => [.. ChipCatalog.All.Select(chip => chip.Key)];

    [Theory]
    [MemberData(nameof(Chips))]
    public void Data_that_only_lacks_bits_is_not_what_the_block_holds(string key)
    {
        (EfuseSnapshot chip, EfuseDataRequest request) = Holding(key, present: 3, asked: 1);
        using EfusePlan plan = EfusePlanner.Plan(chip, [request]);
        EfuseException refusal = Assert.Single(plan.Refusals);
        Assert.Equal((ErrorCode.EfuseValueLacksBits, true), (refusal.Code, refusal.IsLiftable));
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void Data_that_the_block_holds_burns_nothing(string key)
    {
        (EfuseSnapshot chip, EfuseDataRequest request) = Holding(key, present: 3, asked: 3);
        using EfusePlan plan = EfusePlanner.Plan(chip, [request]);
        Assert.Empty(plan.Refusals);
        Assert.True(plan.IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void Number_that_only_lacks_bits_is_not_what_the_field_holds(string key)
    {
        ChipDefinition chip = ChipCatalog.ByName(key);
        string field = EfuseRefusals.Number(chip).Name;
        using EfusePlan plan = EfusePlanner.Plan(EfuseRefusals.State(chip, [(field, 3)]), [EfuseRefusals.Set(field, 1)]);
        Assert.Equal(ErrorCode.EfuseValueLacksBits, Assert.Single(plan.Refusals).Code);
    }

    [Fact]
    public void Plan_tells_by_a_fingerprint_what_the_block_holds()
    {
        (EfuseSnapshot chip, EfuseDataRequest request) = Holding("esp32", present: 1, asked: 3);
        using EfusePlan plan = EfusePlanner.Plan(chip, [request]);
        Assert.Empty(plan.Refusals);
        Assert.Matches("in the block now: 32 bytes, SHA-256 [0-9a-f]{8}", Assert.Single(plan.Steps).Change);
    }

    [Fact]
    public void Mix_that_was_allowed_is_not_verified_and_says_why()
    {
        (EfuseSnapshot chip, EfuseDataRequest request) = Holding("esp32", present: 1, asked: 2);
        FakeEfuseDevice device = new(Classic, chip);
        EfusePlan plan = EfusePlanner.Plan(chip, [request], new EfusePlanOptions { Allow = [ErrorCode.EfuseValueLacksBits] });
        EfuseBurnResult result = EfuseBurner.Burn(device, device, Classic, 40, plan, CancellationToken.None);
        Assert.Equal(3u, device.Fuses[3][0]);
        Assert.Equal((true, false), (result.Changed, result.Verified));
        Assert.Contains("not asked for", result.UnverifiedReason);
    }

    [Theory]
    [InlineData("esp32", 3)]
    [InlineData("esp32c3", 3)]
    public void Bit_that_nobody_asked_for_fails_the_burn(string key, int block)
    {
        (EfuseSnapshot chip, EfuseDataRequest request) = Holding(key, present: 0, asked: 2);
        FakeEfuseDevice device = new(chip.Chip, chip);
        bool isAdded = false;
        device.BeforeAccess = _ =>
        {
            if (device.Programmed[block] > 0 && !isAdded)
            {
                isAdded = true;
                device.Fuses[block][1] |= 0x10;
            }
        };
        EfuseException failure = Assert.Throws<EfuseException>(() => EfuseBurner.Burn(device, device, chip.Chip, 40, EfusePlanner.Plan(chip, [request]), CancellationToken.None));
        Assert.Equal(ErrorCode.EfuseBurnFailed, failure.Code);
        Assert.Contains("nobody asked for", failure.Message);
        Assert.Equal(1, device.Programmed[block]);
    }

    private static (EfuseSnapshot Chip, EfuseDataRequest Request) Holding(string key, byte present, byte asked)
    {
        ChipDefinition chip = ChipCatalog.ByName(key);
        string block = EfuseRefusals.UserBlock(chip);
        int index = chip.Efuse.Blocks.Single(candidate => candidate.Name == block).Index;
        byte[] data = new byte[32];
        data[0] = asked;
        return (Chip(chip, EfuseRefusals.Revision(chip), (index, 0, present)), new EfuseDataRequest { Block = block, Data = new EfuseKey(data) });
    }
}
