using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Devices;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>The second run of a station: a hidden key that is there already cannot be compared, and is left alone where that is asked for.</summary>
public sealed class SkipExistingKeyTests
{
    public static TheoryData<string, string> Purposes()
    {
        TheoryData<string, string> all = [];
        foreach (ChipDefinition chip in ChipCatalog.All)
        {
            foreach (string name in chip.KeyPurposes.Select(purpose => purpose.Name).Concat(chip.SplitKeyPurposes.Select(purpose => purpose.Name)))
            {
                all.Add(chip.Key, name);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Purposes))]
    public void Second_run_burns_nothing_and_says_whether_the_key_was_compared(string chip, string purpose)
    {
        using HostBench bench = BenchFor(chip, purpose);
        using Esp32Device device = bench.Connect();
        bool isHidden = IsHidden(bench.Chip, purpose);
        EfuseBurnResult first = Burn(device, Request(bench, purpose, seed: 1));
        Assert.True(first.Changed && first.Verified && !first.Skipped);
        byte[][] before = Fuses(bench);

        EfuseBurnResult again = Burn(device, Request(bench, purpose, seed: isHidden ? 2 : 1));

        Assert.False(again.Changed);
        Assert.Equal(isHidden, again.Skipped);
        Assert.Equal(!isHidden, again.Verified);
        Assert.Equal(before, Fuses(bench));
        string[] skipped = [.. again.Steps.Where(step => step.IsSkipped).Select(step => step.Change)];
        Assert.All(skipped, change => Assert.Equal("holds a hidden key already: not compared, fingerprint unknown", change));
        Assert.Equal(!isHidden ? 0 : bench.Chip.SplitKeyPurposes.Any(split => split.Name == purpose) ? 2 : 1, skipped.Length);
    }

    [Theory]
    [MemberData(nameof(Purposes))]
    public void Without_it_a_hidden_key_is_refused_as_ever(string chip, string purpose)
    {
        using HostBench bench = BenchFor(chip, purpose);
        using Esp32Device device = bench.Connect();
        Burn(device, Request(bench, purpose, seed: 1));
        using EfusePlan plan = Plan(device, Request(bench, purpose, seed: 2) with { SkipExisting = false });
        Assert.True(plan.Refusals.Count > 0 || (!IsHidden(bench.Chip, purpose) && !plan.IsEmpty), purpose);
        Assert.DoesNotContain(plan.Steps, step => step.IsSkipped);
    }

    [Theory]
    [MemberData(nameof(Purposes))]
    public void An_empty_chip_gets_the_key_with_it_too(string chip, string purpose)
    {
        using HostBench bench = BenchFor(chip, purpose);
        using Esp32Device device = bench.Connect();
        using EfusePlan with = Plan(device, Request(bench, purpose, seed: 1));
        using EfusePlan without = Plan(device, Request(bench, purpose, seed: 1) with { SkipExisting = false });
        Assert.Empty(with.Refusals);
        Assert.Equal(without.Steps.Select(step => step.ToString()), with.Steps.Select(step => step.ToString()));
    }

    // The block decides on the purpose there, and read protection alone hides an empty block as well as a key.
    [Theory]
    [InlineData("esp32", "FlashEncryption", "BLOCK1")]
    [InlineData("esp32", "SecureBootV1", "BLOCK2")]
    public void Hidden_block_without_write_protection_is_no_key_where_the_block_decides(string chip, string purpose, string block)
    {
        using HostBench bench = new(chip);
        using Esp32Device device = bench.Connect();
        Burn(device, new EfuseProtectionRequest { Name = block, Protection = EfuseProtection.Read });
        using EfusePlan plan = Plan(device, Request(bench, purpose, seed: 1));
        Assert.Equal(ErrorCode.KeyBlockInUse, Assert.Single(plan.Refusals).Code);
    }

    [Fact]
    public void Key_of_the_lower_half_is_not_taken_for_one_of_the_whole_block()
    {
        using HostBench bench = new("esp32c2");
        using Esp32Device device = bench.Connect();
        Burn(device, Request(bench, "XTS_AES_128_KEY_DERIVED_FROM_128_EFUSE_BITS", seed: 1));
        using EfusePlan whole = Plan(device, Request(bench, "XTS_AES_128_KEY", seed: 1));
        Assert.NotEmpty(whole.Refusals);

        using HostBench other = new("esp32c2");
        using Esp32Device second = other.Connect();
        Burn(second, Request(other, "XTS_AES_128_KEY", seed: 1));
        using EfusePlan half = Plan(second, Request(other, "XTS_AES_128_KEY_DERIVED_FROM_128_EFUSE_BITS", seed: 1));
        Assert.NotEmpty(half.Refusals);
    }

    [Fact]
    public void One_hidden_half_is_never_joined_to_a_half_of_another_key()
    {
        using HostBench bench = new("esp32s3");
        using Esp32Device device = bench.Connect();
        Burn(device, new EfuseKeyRequest { Key = new EfuseKey(Bytes(32, 1)), Purpose = "XTS_AES_256_KEY_1" });
        using EfusePlan plan = Plan(device, Request(bench, "XTS_AES_256_KEY", seed: 2));
        Assert.Equal(ErrorCode.KeyBlockInUse, plan.Refusals[0].Code);
    }

    [Fact]
    public void Missing_protection_of_the_key_is_added()
    {
        using HostBench bench = new("esp32c3");
        using Esp32Device device = bench.Connect();
        Burn(device, Request(bench, "HMAC_UP", seed: 1) with { WriteProtect = false });
        EfuseBurnResult again = Burn(device, Request(bench, "HMAC_UP", seed: 2));
        Assert.True(again.Changed && again.Skipped);
        Assert.All(again.Steps.Where(step => step.Burned), step => Assert.True(step.IsProtection));
    }

    [Fact]
    public void Other_purpose_other_block_and_wrong_length_are_not_skipped()
    {
        using HostBench bench = new("esp32c3");
        using Esp32Device device = bench.Connect();
        Burn(device, Request(bench, "HMAC_UP", seed: 1) with { Block = "BLOCK_KEY2" });
        using EfusePlan otherPurpose = Plan(device, Request(bench, "HMAC_DOWN_JTAG", seed: 2));
        using EfusePlan otherBlock = Plan(device, Request(bench, "HMAC_UP", seed: 2) with { Block = "BLOCK_KEY3" });
        using EfusePlan tooShort = Plan(device, new EfuseKeyRequest { Key = new EfuseKey(Bytes(31, 1)), Purpose = "HMAC_UP", SkipExisting = true });
        using EfusePlan sameBlock = Plan(device, Request(bench, "HMAC_UP", seed: 2) with { Block = "BLOCK_KEY2" });
        Assert.All(new[] { otherPurpose, otherBlock }, plan => Assert.DoesNotContain(plan.Steps, step => step.IsSkipped));
        Assert.All(new[] { otherPurpose, otherBlock }, plan => Assert.False(plan.IsEmpty));
        Assert.Equal(ErrorCode.KeyLength, Assert.Single(tooShort.Refusals).Code);
        Assert.True(sameBlock.IsEmpty);
        Assert.Contains(sameBlock.Steps, step => step.IsSkipped);
    }

    [Fact]
    public void Nothing_else_in_the_plan_adds_bits_to_the_skipped_key()
    {
        using HostBench bench = new("esp32c3");
        using Esp32Device device = bench.Connect();
        Burn(device, Request(bench, "HMAC_UP", seed: 1) with { WriteProtect = false });
        using EfusePlan plan = Plan(device, Request(bench, "HMAC_UP", seed: 2), new EfuseDataRequest { Block = "BLOCK_KEY0", Data = new EfuseKey(Bytes(32, 3)) });
        Assert.NotEmpty(plan.Refusals);
    }

    private static HostBench BenchFor(string chip, string purpose)
    {
        ChipDefinition definition = ChipCatalog.Find(chip)!;
        SplitKeyPurpose split = definition.SplitKeyPurposes.FirstOrDefault(one => one.Name == purpose);
        string first = split.Name is null ? purpose : split.First;
        int revision = definition.KeyPurposes.First(one => one.Name == first).MinRevision;
        return new HostBench(chip, LoaderKind.Rom, options => revision > definition.Factory.Revision ? options with { Revision = revision } : options);
    }

    private static bool IsHidden(ChipDefinition chip, string purpose) =>
        chip.SplitKeyPurposes.Any(split => split.Name == purpose) || chip.KeyPurposes.First(known => known.Name == purpose).ReadProtect;

    private static EfuseKeyRequest Request(HostBench bench, string purpose, int seed) => new()
    {
        Key = new EfuseKey(Bytes(
            bench.Chip.SplitKeyPurposes.Any(split => split.Name == purpose) ? 64
            : bench.Chip.KeyPurposes.First(known => known.Name == purpose).Part == KeyBlockPart.Whole ? 32 : 16,
            seed)),
        Purpose = purpose,
        SkipExisting = true,
    };

    private static byte[] Bytes(int length, int seed) => [.. Enumerable.Range(0, length).Select(i => (byte)(i + (seed * 67) + 1))];

    private static EfusePlan Plan(Esp32Device device, params EfuseRequest[] requests) =>
        EfusePlanner.Plan(EfuseReader.Read(device.GetLoader(), device.GetChip(), default), requests);

    private static EfuseBurnResult Burn(Esp32Device device, params EfuseRequest[] requests)
    {
        using EfusePlan plan = Plan(device, requests);
        plan.ThrowIfRefused();
        return EfuseBurner.Burn(device.GetLoader(), device.GetTransport().Clock, device.GetChip(), device.ReadIdentity(default).CrystalMHz, plan, default);
    }

    private static byte[][] Fuses(HostBench bench) => [.. bench.Board.Efuse.Fuses.Select(block => (byte[])block.Clone())];
}
