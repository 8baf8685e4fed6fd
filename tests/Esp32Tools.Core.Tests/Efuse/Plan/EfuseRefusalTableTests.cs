using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Core.Tests.Efuse.Fields;
using Esp32Tools.Efuse.Coding;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Esp32Tools.Tests.Shared;
using Esp32Tools.Tests.Shared.Chips;
using Xunit;
using static Esp32Tools.Core.Tests.Efuse.Fields.EfuseTestChips;
using static Esp32Tools.Core.Tests.Efuse.Plan.EfuseRefusals;

namespace Esp32Tools.Core.Tests.Efuse.Plan;

/// <summary>
/// Every refusal that must not depend on the chip, with the state and the wish that trigger it, on every chip of the catalogue
/// it applies to.
/// </summary>
public sealed class EfuseRefusalTableTests
{
    public static TheoryData<string, string> Cases()
    {
        TheoryData<string, string> cases = [];
        foreach (EfuseRefusal row in EfuseRefusals.Table)
        {
            foreach (ChipDefinition chip in ChipCatalog.All.Where(chip => row.Applies?.Invoke(chip) ?? true))
            {
                cases.Add(row.Name, chip.Key);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Refusal_has_a_code_advice_and_lifts_by_its_name_alone(string name, string chipKey)
    {
        EfuseRefusal row = EfuseRefusals.Table.Single(candidate => candidate.Name == name);
        ChipDefinition chip = ChipCatalog.ByName(chipKey);
        EfuseSnapshot snapshot = State(chip, row.State?.Invoke(chip) ?? [], row.Revision);
        EfuseRequest[] requests = row.Requests(chip);
        EfusePlanOptions options = new() { Later = row.Later?.Invoke(chip) ?? [] };

        using EfusePlan plan = EfusePlanner.Plan(snapshot, requests, options);
        EfuseException refusal = Assert.Single(plan.Refusals);
        Assert.Equal(row.Code, refusal.Code);
        Assert.NotEmpty(refusal.Message);
        Assert.Equal(!row.IsFinal, refusal.IsLiftable);
        Assert.True(plan.IsEmpty);

        // What is lifted says its advice no more; what is not has to be of use.
        Assert.True(row.IsFinal || refusal.Advice.Length > 0);

        using EfusePlan others = EfusePlanner.Plan(snapshot, requests, options with { Allow = [.. RefusalCatalog.EfuseBurn.Codes.Where(code => row.IsFinal || code != row.Code)] });
        Assert.Equal(row.Code, Assert.Throws<EfuseException>(others.ThrowIfRefused).Code);
        if (row.IsFinal)
        {
            return;
        }

        using EfusePlan lifted = EfusePlanner.Plan(snapshot, requests, options with { Allow = [row.Code] });
        Assert.Empty(lifted.Refusals);
        Assert.False(lifted.IsEmpty);
        Assert.Contains(refusal.Message, lifted.Warnings);
    }

    [Fact]
    public void Every_refusal_that_can_be_lifted_is_in_the_table() =>
        Assert.Empty(RefusalCatalog.EfuseBurn.Codes.Except(EfuseRefusals.Table.Select(row => row.Code)));

    [Fact]
    public void What_cannot_be_lifted_is_not_accepted_as_lifted() =>
        Assert.Equal(ErrorCode.ValueInvalid, Assert.Throws<Esp32Exception>(() => EfusePlanner.Plan(Chip(C3, 4), [], new EfusePlanOptions { Allow = [ErrorCode.KeyLength] })).Code);

    [Fact]
    public void Loader_may_go_only_when_nothing_follows()
    {
        EfuseRequest[] closing = [Set(C3.FieldName(EfuseRole.DownloadDisable), 1)];
        using EfusePlan alone = EfusePlanner.Plan(Chip(C3, 4), closing);
        Assert.Empty(alone.Refusals);
        using EfusePlan step = EfusePlanner.Plan(Chip(C3, 4), closing, new EfusePlanOptions { NeedsLoaderAfter = true });
        Assert.Equal(ErrorCode.LoaderNeededLater, Assert.Single(step.Refusals).Code);
    }

    [Fact]
    public void Later_steps_that_nothing_locks_out_are_no_reason_to_refuse()
    {
        EfuseRequest[] now = [Key(C3), new EfuseProtectionRequest { Name = "WDT_DELAY_SEL", Protection = EfuseProtection.Write }];
        using EfusePlan plan = EfusePlanner.Plan(Chip(C3, 4), now, new EfusePlanOptions { Later = [Set(Count(C3), 7), Set("UART_PRINT_CONTROL", 1)] });
        Assert.Empty(plan.Refusals);
    }

    public static TheoryData<string> Chips() => [.. ChipCatalog.All.Select(chip => chip.Key)];

    /// <summary>Whatever the order of the wishes, nothing is locked before what it locks is burned, and the loader ends last.</summary>
    [Theory]
    [MemberData(nameof(Chips))]
    public void Lock_asked_for_first_is_burned_last(string chipKey)
    {
        ChipDefinition chip = ChipCatalog.ByName(chipKey);
        EfuseSnapshot snapshot = State(chip, []);
        // Secure boot and a key that fills the only key block exclude each other.
        foreach (EfuseField field in snapshot.Table.Fields.Where(field => field.Name != SecureBoot(chip) && field is { Type: EfuseFieldType.Bool, WriteDisableBit: not null, IsFixed: false, IsCalculated: false, Block: 0 }))
        {
            EfuseRequest[] requests = [Set(chip.FieldName(EfuseRole.DownloadDisable), 1), new EfuseProtectionRequest { Name = field.Name, Protection = EfuseProtection.Write }, Key(chip), Set(field.Name, 1)];
            using EfusePlan plan = EfusePlanner.Plan(snapshot, requests, new EfusePlanOptions { Allow = RefusalCatalog.EfuseBurn.Codes });
            Assert.Empty(plan.Refusals);
            int locked = plan.Writes.ToList().FindIndex(write => write.Block.Index == 0 && EfuseBits.Get([.. write.Words], field.WriteDisableBit!.Value));
            int burned = plan.Writes.ToList().FindIndex(write => write.Block.Index == 0 && EfuseBits.Get([.. write.Words], field.Ranges[0].Start));
            Assert.True(burned >= 0 && burned <= locked, field.Name);
            int closed = plan.Writes.ToList().FindIndex(write => write.Block.Index == 0 && EfuseBits.Get([.. write.Words], Field(chip, chip.FieldName(EfuseRole.DownloadDisable)).Ranges[0].Start));
            Assert.All(plan.Writes.Skip(closed + 1), write => Assert.True(write.Phase is EfuseBurnPhase.ClosingLock or EfuseBurnPhase.LastLock));
        }
    }
}
