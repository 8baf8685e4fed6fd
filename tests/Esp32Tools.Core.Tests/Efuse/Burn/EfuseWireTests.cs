using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Core.Tests.Efuse.Burn;

/// <summary>Against recorded sessions: the same key on the same chip gives the same program commands, but for hiding
/// the key, which has a command of its own here.</summary>
public sealed class EfuseWireTests
{
    private const string BurnKey = "burn-key";

    public static TheoryData<string> Burned => Choose(entry => entry.GetProperty("exit_code").GetInt32() == 0);

    public static TheoryData<string> Refused => Choose(entry => entry.GetProperty("exit_code").GetInt32() != 0);

    [Theory]
    [MemberData(nameof(Burned))]
    public void Key_burn_programs_what_espefuse_programmed(string name)
    {
        ChipDefinition chip = ChipOf(name);
        EfuseRecording recording = EfuseRecording.Load(chip, name);
        EfuseSnapshot before = EfuseReader.Read(recording, chip, CancellationToken.None);
        using EfusePlan plan = PlanKey(before, name);
        FakeEfuseDevice device = new(chip, before);
        recording.PokeTiming(chip, device);

        EfuseBurnResult result = EfuseBurner.Burn(device, device, chip, 40, plan, CancellationToken.None);

        EfuseProgramLog log = new(chip);
        foreach ((uint offset, uint value, uint _) in device.Writes)
        {
            log.Write(chip.Efuse.Base + offset, value);
        }

        Assert.NotEmpty(recording.Programs);
        Assert.True(result.Verified);
        Assert.Equal(recording.Programs, log.Programs);
        Assert.Equal(recording.Programs.Count + 1, log.Count);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Key_that_is_there_and_hidden_is_refused(string name)
    {
        EfuseSnapshot before = EfuseReader.Read(EfuseRecording.Load(ChipOf(name), name), ChipOf(name), CancellationToken.None);
        using EfusePlan plan = PlanKey(before, name);
        Assert.Equal([ErrorCode.KeyBlockInUse], plan.Refusals.Select(refusal => refusal.Code));
        Assert.True(plan.IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Burned))]
    public void Read_command_waits_in_the_chip_as_espefuse_has_it_wait(string name)
    {
        ChipDefinition chip = ChipOf(name);
        EfuseRecording recording = EfuseRecording.Load(chip, name);
        EfuseSnapshot before = EfuseReader.Read(recording, chip, CancellationToken.None);
        using EfusePlan plan = PlanKey(before, name);
        FakeEfuseDevice device = new(chip, before);
        EfuseBurner.Burn(device, device, chip, 40, plan, CancellationToken.None);

        uint expected = recording.Writes.Where(write => write.Address == chip.Efuse.Base + chip.Efuse.Command && write.Value == 1).Select(write => write.Delay).Distinct().Single();
        Assert.All(device.Writes.Where(write => write.Offset == chip.Efuse.Command && write.Value == 1), write => Assert.Equal(expected, write.Delay));
    }

    private static TheoryData<string> Choose(Func<JsonElement, bool> choose) =>
        [.. WireIndex.Names.Where(name => WireIndex.Entry(name) is var entry && WireIndex.Arguments(entry).Contains(BurnKey) && choose(entry))];

    private static ChipDefinition ChipOf(string name) => ChipCatalog.ByName(name.Split('-')[0]);

    // As the tool was told, its files in the place of their names.
    private static EfusePlan PlanKey(EfuseSnapshot before, string name)
    {
        JsonElement entry = WireIndex.Entry(name);
        IReadOnlyDictionary<string, string> files = WireIndex.Files(entry);
        EfuseCommandLine line = new(before, SharedFiles.Vectors);
        Assert.True(line.TryRead(WireIndex.Arguments(entry).SkipWhile(word => word != BurnKey).Select(word => files.TryGetValue(word, out string? file) ? file : word)));
        return EfusePlanner.Plan(before, line.Requests);
    }
}
