using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Esp32Tools.Simulator.Faults;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host.Interruption;

/// <summary>The same over the whole wire: a chip of each generation, its ROM and a stub, power and cable.</summary>
public sealed class InterruptedWireTests
{
    // Register writes of the burn, in steps that are no divisor of anything in it.
    private const int Step = 13;

    public static TheoryData<string, LoaderKind, string> Faults
    {
        get
        {
            TheoryData<string, LoaderKind, string> cases = [];
            foreach ((string chip, LoaderKind loader) in new[] { ("esp32", LoaderKind.Rom), ("esp32c3", LoaderKind.Rom), ("esp32c3", LoaderKind.Stub) })
            {
                IEnumerable<string> faults =
                [
                    .. Enumerable.Range(1, 3).Select(burn => $"brownout@burn:{burn}"),
                    .. Enumerable.Range(0, 9).Select(step => $"lose@WRITE_REG:{1 + (Step * step)}*3"),
                    "unplug@tochip:3000=replug", "brownout@tochip:4000",
                ];
                foreach (string fault in faults)
                {
                    cases.Add(chip, loader, fault);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Burn_that_was_interrupted_is_taken_up_by_the_next_session(string chip, LoaderKind loader, string fault)
    {
        using HostBench whole = Bench(chip, LoaderKind.Rom);
        Assert.True(Burn(whole, FaultPlan.None).Verified);
        using HostBench bench = Bench(chip, loader);
        Esp32Exception failure = Assert.ThrowsAny<Esp32Exception>(() => Burn(bench, FaultPlan.Parse(fault)));
        Assert.NotEmpty(failure.Advice);
        bench.Board.Arm(FaultPlan.None);
        Assert.True(Burn(bench, FaultPlan.None).Verified);
        Assert.Equal(whole.Board.Efuse.Save(), bench.Board.Efuse.Save());
    }

    private static EfuseBurnResult Burn(HostBench bench, FaultPlan faults)
    {
        using Esp32Device device = bench.Connect();
        using EfuseKey key = new([.. Enumerable.Range(0x41, 32).Select(i => (byte)i)]);
        using EfusePlan plan = EfusePlanner.Plan(
            EfuseReader.Read(device.GetLoader(), device.GetChip(), CancellationToken.None),
            [new EfuseKeyRequest { Purpose = device.GetChip().Key == "esp32" ? "FlashEncryption" : "XTS_AES_128_KEY", Key = key }]);
        int crystalMHz = device.ReadIdentity(CancellationToken.None).CrystalMHz;
        bench.Board.Arm(faults);
        return EfuseBurner.Burn(device.GetLoader(), device.GetTransport().Clock, device.GetChip(), crystalMHz, plan, CancellationToken.None);
    }

    private static HostBench Bench(string chip, LoaderKind loader) =>
        new(chip, loader, options => options with { Clock = new VirtualClock(), Mac = [0x10, 0x20, 0x30, 0x40, 0x50, 0x60] });
}
