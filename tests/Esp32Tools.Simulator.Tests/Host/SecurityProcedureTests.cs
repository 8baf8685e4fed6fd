using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Devices;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Esp32Tools.Protection.Procedure;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>The engine of the security procedures: plan whole, carry out stage by stage, and leave alone what is so.</summary>
public sealed class SecurityProcedureTests
{
    private static readonly byte[] s_key = [.. Enumerable.Range(1, 32).Select(value => (byte)(value * 5))];

    [Fact]
    public void Plan_has_the_lines_of_each_stage_with_it_and_touches_nothing()
    {
        using HostBench bench = new("esp32c3");
        using Esp32Device device = bench.Connect();
        byte[][] before = Fuses(bench);

        using SecurityProcedure procedure = Plan(device, () => throw new InvalidOperationException("the plan must not act"));

        Assert.Equal(["Check", "Key", "Act", "Enable"], procedure.Steps.Select(step => step.Name));
        Assert.Equal([1, 2, 3, 4], procedure.Steps.Select(step => step.Number));
        Assert.Equal([nameof(SecurityStepStatus.Done), nameof(SecurityStepStatus.Planned), nameof(SecurityStepStatus.Planned), nameof(SecurityStepStatus.Planned)], procedure.Steps.Select(step => step.Status));
        Assert.Contains(procedure.Steps[1].Efuses, line => line.Name == "BLOCK_KEY0");
        Assert.Equal("SPI_BOOT_CRYPT_CNT", Assert.Single(procedure.Steps[3].Efuses).Name);
        Assert.Equal(before, Fuses(bench));
    }

    [Fact]
    public void Each_stage_is_done_when_the_step_before_was_taken()
    {
        using HostBench bench = new("esp32c3");
        using Esp32Device device = bench.Connect();
        bool acted = false;
        using SecurityProcedure procedure = Plan(device, () => acted = true);
        Assert.False(procedure.IsDone);

        List<SecurityStep> steps = [];
        foreach (SecurityStep step in procedure.Run(null, default))
        {
            Assert.Equal(steps.Count >= 2, acted);
            steps.Add(step);
            Assert.Equal(steps.Count == 4, new Fuse(device).Count != 0);
        }

        Assert.All(steps, step => Assert.Equal(nameof(SecurityStepStatus.Done), step.Status));
        Assert.Equal([nameof(SecurityProof.None), nameof(SecurityProof.ReadBack), nameof(SecurityProof.ShownByChip), nameof(SecurityProof.ReadBack)], steps.Select(step => step.Proof));
        Assert.Equal(s_key.AsEnumerable().Reverse(), bench.Board.Efuse.Fuses[4].Take(32));
    }

    [Fact]
    public void What_is_so_already_is_told_and_left_alone()
    {
        using HostBench bench = new("esp32c3");
        using Esp32Device device = bench.Connect();
        EfuseStage enable = new("Enable", "turn it on", [new EfuseValueRequest { Field = "DIS_PAD_JTAG" }]);
        SecurityProcedure Planned() => SecurityProcedure.Plan(device, EfuseReader.Read(device.GetLoader(), device.GetChip(), default), [enable], new());
        using (SecurityProcedure first = Planned())
        {
            Assert.Equal(nameof(SecurityStepStatus.Done), first.Run(null, default).Single().Status);
        }

        byte[][] before = Fuses(bench);
        using SecurityProcedure again = Planned();

        Assert.True(again.IsDone);
        SecurityStep step = Assert.Single(again.Run(null, default));
        Assert.Equal((nameof(SecurityStepStatus.AlreadySo), nameof(SecurityProof.ReadBack)), (step.Status, step.Proof));
        Assert.Equal(before, Fuses(bench));
    }

    [Fact]
    public void A_refusal_of_a_late_stage_holds_back_the_first()
    {
        using HostBench bench = new("esp32c3");
        using Esp32Device device = bench.Connect();
        byte[][] before = Fuses(bench);
        EfuseStage harmless = new("First", "harmless", [new EfuseValueRequest { Field = "DIS_PAD_JTAG" }]);
        EfuseStage early = new("Second", "on without a key", [new EfuseValueRequest { Field = "SPI_BOOT_CRYPT_CNT", Value = 7 }]);

        using SecurityProcedure procedure = SecurityProcedure.Plan(device, EfuseReader.Read(device.GetLoader(), device.GetChip(), default), [harmless, early], new());

        Esp32Exception refusal = Assert.Single(procedure.Refusals);
        Assert.Equal((ErrorCode.EncryptionWithoutKey, true), (refusal.Code, refusal.IsLiftable));
        Assert.Same(refusal, Assert.ThrowsAny<Esp32Exception>(() => procedure.Run(null, default)));
        Assert.Equal(before, Fuses(bench));
    }

    [Fact]
    public void A_stage_that_locks_what_a_later_one_burns_holds_back_everything()
    {
        using HostBench bench = new("esp32c3");
        using Esp32Device device = bench.Connect();
        EfuseStage locks = new("First", "lock", [new EfuseProtectionRequest { Name = "DIS_ICACHE", Protection = EfuseProtection.Write }]);
        EfuseStage late = new("Second", "too late", [new EfuseValueRequest { Field = "DIS_PAD_JTAG" }]);

        using SecurityProcedure procedure = SecurityProcedure.Plan(device, EfuseReader.Read(device.GetLoader(), device.GetChip(), default), [locks, late], new());

        Assert.Equal(ErrorCode.EfuseNeededLater, Assert.Single(procedure.Refusals).Code);
    }

    private static SecurityProcedure Plan(Esp32Device device, Action act) => SecurityProcedure.Plan(
        device,
        EfuseReader.Read(device.GetLoader(), device.GetChip(), default),
        [
            new ActionStage("Check", "all is well") { Status = SecurityStepStatus.Done },
            new EfuseStage("Key", "burn it", [new EfuseKeyRequest { Key = new EfuseKey(s_key), Purpose = "XTS_AES_128_KEY" }]),
            new ActionStage("Act", "do it")
            {
                Run = (_, _) =>
                {
                    act();
                    return new StageOutcome("did it", SecurityProof.ShownByChip);
                },
            },
            new EfuseStage("Enable", "turn it on", [new EfuseValueRequest { Field = "SPI_BOOT_CRYPT_CNT", Value = 1 }]),
        ],
        new());

    private static byte[][] Fuses(HostBench bench) => [.. bench.Board.Efuse.Fuses.Select(block => block.ToArray())];

    private readonly struct Fuse(Esp32Device device)
    {
        public ulong Count => EfuseReader.Read(device.GetLoader(), device.GetChip(), default).GetNumber("SPI_BOOT_CRYPT_CNT");
    }
}
