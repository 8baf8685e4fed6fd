using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Xunit;
using static Esp32Tools.Core.Tests.Efuse.Plan.EfuseRefusals;

namespace Esp32Tools.Core.Tests.Efuse.Plan;

/// <summary>Secure boot and the read protection of a flash encryption key.</summary>
public sealed class ReadProtectionTests
{
    public static TheoryData<string> Chips() => [.. ChipCatalog.All.Select(chip => chip.Key)];

    /// <summary>A usual set-up of the vendor: secure boot, and no flash encryption at all.</summary>
    [Theory]
    [MemberData(nameof(Chips))]
    public void Secure_boot_alone_is_warned_of(string key)
    {
        ChipDefinition chip = ChipCatalog.ByName(key);
        EfuseProtectionRequest locked = new() { Name = "RD_DIS", Protection = EfuseProtection.Write };
        foreach (EfuseRequest[] requests in new EfuseRequest[][] { [Set(SecureBoot(chip), 1)], [Set(SecureBoot(chip), 1), locked] })
        {
            using EfusePlan plan = EfusePlanner.Plan(State(chip, []), requests);
            Assert.Empty(plan.Refusals);
            Assert.Contains(plan.Warnings, warning => warning.Contains("a key burned later can never be hidden"));
        }

        using EfusePlan later = EfusePlanner.Plan(State(chip, [(SecureBoot(chip), 1)]), [locked]);
        Assert.Empty(later.Refusals);
        Assert.Single(later.Warnings);
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void Secure_boot_with_a_flash_key_in_the_plan_that_is_hidden_is_no_concern(string key)
    {
        ChipDefinition chip = ChipCatalog.ByName(key);
        using EfusePlan plan = EfusePlanner.Plan(State(chip, []), [Key(chip), Set(SecureBoot(chip), 1)], new EfusePlanOptions { Allow = [ErrorCode.KeyReadable] });
        Assert.DoesNotContain(plan.Refusals, refusal => refusal.Code == ErrorCode.ReadProtectionLost);
        Assert.DoesNotContain(plan.Warnings, warning => warning.Contains("hidden"));
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void Secure_boot_with_a_flash_key_in_the_plan_that_stays_readable_is_refused(string key)
    {
        ChipDefinition chip = ChipCatalog.ByName(key);
        EfuseRequest[] requests = [Key(chip) with { ReadProtect = false }, Set(SecureBoot(chip), 1)];
        using EfusePlan plan = EfusePlanner.Plan(State(chip, []), requests, new EfusePlanOptions { Allow = [ErrorCode.KeyReadable] });
        Assert.Contains(plan.Refusals, refusal => refusal.Code == ErrorCode.ReadProtectionLost && refusal.IsLiftable);
    }

    [Theory]
    [MemberData(nameof(Chips))]
    public void Secure_boot_with_encryption_switched_on_and_no_key_is_refused(string key)
    {
        ChipDefinition chip = ChipCatalog.ByName(key);
        EfuseRequest[] requests = [.. Config(chip), Set(Count(chip), 1), Set(SecureBoot(chip), 1)];
        using EfusePlan plan = EfusePlanner.Plan(State(chip, []), requests, new EfusePlanOptions { Allow = [ErrorCode.EncryptionWithoutKey] });
        Assert.Equal(ErrorCode.ReadProtectionLost, Assert.Single(plan.Refusals).Code);
    }

    /// <summary>The count of flash encryption takes its next bit without a value, whatever its name.</summary>
    [Theory]
    [MemberData(nameof(Chips))]
    public void Count_without_a_value_takes_its_next_bit(string key)
    {
        ChipDefinition chip = ChipCatalog.ByName(key);
        EfuseField count = chip.Efuse.GetTable(Revision(chip)).Get(EfuseRole.EncryptionCount);
        for (ulong present = 0; present < All(chip); present = (present << 1) | 1)
        {
            using EfusePlan plan = EfusePlanner.Plan(State(chip, [(count.Name, present)]), [Set(count.Name, null)], new EfusePlanOptions { Allow = RefusalCatalog.EfuseBurn.Codes });
            Assert.Empty(plan.Refusals);
            Assert.EndsWith($"-> 0x{(present << 1) | 1:x}", Assert.Single(plan.Steps).Change);
        }
    }
}
