using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;
using Esp32Tools.Protection.Procedure;
using Esp32Tools.Protection.State;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>
/// The power goes at any point of flash encryption, and the same run again ends as if nothing had been: on every kind of eFuse
/// controller and coding, and every kind of key.
/// </summary>
public sealed class FlashEncryptionInterruptionTests
{
    /// <summary>Chip and key: no coding, 3/4 coding, one key block whole and halved, Reed-Solomon, two key blocks, a newer table.</summary>
    public static TheoryData<string, int> Units => new()
    {
        { "esp32", 32 },
        { "esp32", 24 },
        { "esp32c2", 16 },
        { "esp32c2", 32 },
        { "esp32c3", 32 },
        { "esp32s3", 64 },
        { "esp32p4", 64 },
    };

    [Theory]
    [MemberData(nameof(Units))]
    public void Between_any_two_steps(string chip, int keyLength)
    {
        for (int steps = 1; steps <= 7; steps++)
        {
            using EncryptionBench unit = new(chip, keyLength);
            unit.Run(steps: steps);

            EndsWell(unit, $"after step {steps}");
        }
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void Inside_any_step(string chip, int keyLength)
    {
        // Dense where eFuses are burned, at both ends; the images in between are cut some times.
        int cuts = 0;
        int stride = Thoroughness.Stride(everyday: 2);
        for (int cut = 1; ; cut += stride * (cut < 12_000 ? 457 : 1_777), cuts++)
        {
            using EncryptionBench unit = new(chip, keyLength);
            try
            {
                unit.Run(cut: cut);
            }
            catch (Esp32Exception)
            {
                EndsWell(unit, $"before byte {cut}");
                continue;
            }

            Assert.True(cuts >= 15, $"{cuts} cuts are no test");
            return;
        }
    }

    private static void EndsWell(EncryptionBench unit, string when)
    {
        IReadOnlyList<SecurityStep> steps = unit.Run();

        Assert.DoesNotContain(steps, step => step.Status is nameof(SecurityStepStatus.Planned) or nameof(SecurityStepStatus.Left));
        Assert.True(unit.HoldsImages(), $"{when}: the chip does not decrypt its images");
        Esp32SecurityState state = SecurityAudit.Examine(unit.Fuses());
        Assert.True(state.FlashEncryption == nameof(FlashEncryptionMode.Release), $"{when}: {state.FlashEncryption}");
        Assert.DoesNotContain(state.Findings, finding => finding.Severity == nameof(FindingSeverity.Critical));

        // No copy of the key, and no half of it, in a block that software can read.
        byte[] stored = [.. unit.KeyBytes.AsEnumerable().Reverse()];
        int blocks = unit.Bench.Board.Efuse.Fuses.Count(block => block.Length >= 16 && stored.AsSpan().IndexOf(block.AsSpan(0, 16)) >= 0);
        Assert.True(blocks <= Math.Max(1, unit.KeyBytes.Length / 32), $"{when}: the key is in {blocks} blocks");
    }
}
