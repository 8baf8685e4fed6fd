using System.IO;
using System.Linq;
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
    [Theory]
    [InlineData("esp32", null, "FlashEncryption")]
    [InlineData("esp32c3", "BLOCK_KEY1", "XTS_AES_128_KEY")]
    public void Key_burn_programs_what_espefuse_programmed(string chipKey, string? block, string purpose)
    {
        if (!SharedFiles.Available)
        {
            return;
        }

        ChipDefinition chip = ChipCatalog.ByName(chipKey);
        EfuseRecording recording = EfuseRecording.Load(chip, "efuse-burn-key");
        EfuseSnapshot before = EfuseReader.Read(recording, chip, CancellationToken.None);
        using EfusePlan plan = PlanKey(before, $"{chipKey}-efuse-burn-key-k.bin", block, purpose);
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
    [InlineData("esp32", null, "FlashEncryption")]
    [InlineData("esp32c3", "BLOCK_KEY1", "XTS_AES_128_KEY")]
    public void Key_that_is_there_and_hidden_is_refused(string chipKey, string? block, string purpose)
    {
        if (!SharedFiles.Available)
        {
            return;
        }

        EfuseSnapshot before = EfuseReader.Read(EfuseRecording.Load(ChipCatalog.ByName(chipKey), "efuse-burn-key-again"), ChipCatalog.ByName(chipKey), CancellationToken.None);
        using EfusePlan plan = PlanKey(before, $"{chipKey}-efuse-burn-key-again-k.bin", block, purpose);
        Assert.Equal([ErrorCode.KeyBlockInUse], plan.Refusals.Select(refusal => refusal.Code));
        Assert.True(plan.IsEmpty);
    }

    [Fact]
    public void Read_command_waits_in_the_chip_as_espefuse_has_it_wait()
    {
        if (!SharedFiles.Available)
        {
            return;
        }

        ChipDefinition chip = ChipCatalog.ByName("esp32c3");
        EfuseRecording recording = EfuseRecording.Load(chip, "efuse-burn-key");
        EfuseSnapshot before = EfuseReader.Read(recording, chip, CancellationToken.None);
        using EfusePlan plan = PlanKey(before, "esp32c3-efuse-burn-key-k.bin", "BLOCK_KEY1", "XTS_AES_128_KEY");
        FakeEfuseDevice device = new(chip, before);
        EfuseBurner.Burn(device, device, chip, 40, plan, CancellationToken.None);

        uint expected = recording.Writes.Where(write => write.Address == chip.Efuse.Base + chip.Efuse.Command && write.Value == 1).Select(write => write.Delay).Distinct().Single();
        Assert.All(device.Writes.Where(write => write.Offset == chip.Efuse.Command && write.Value == 1), write => Assert.Equal(expected, write.Delay));
    }

    private static EfusePlan PlanKey(EfuseSnapshot before, string file, string? block, string purpose)
    {
        using EfuseKey key = new(File.ReadAllBytes(SharedFiles.PathOf("vectors", "wire", "data", file)));
        return EfusePlanner.Plan(before, [new EfuseKeyRequest { Block = block, Purpose = purpose, Key = key }]);
    }
}
