using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Devices;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Esp32Tools.Simulator.Faults;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>Bits that do not take at once, over the whole wire: no lock is burned beside what it locks, so that all can be mended.</summary>
public sealed class WeakFuseTests
{
    // Program commands of the burns below: the key, on newer chips its purpose, locks, hiding.
    private const int ClassicBurns = 3;
    private const int NewerBurns = 4;

    public static TheoryData<string, bool, LoaderKind, int> Burns
    {
        get
        {
            TheoryData<string, bool, LoaderKind, int> cases = [];
            foreach ((string chip, bool coded, int burns) in new[] { ("esp32", false, ClassicBurns), ("esp32", true, ClassicBurns), ("esp32c3", false, NewerBurns), ("esp32s2", false, NewerBurns) })
            {
                for (int burn = 1; burn <= burns; burn++)
                {
                    cases.Add(chip, coded, LoaderKind.Rom, burn);
                }
            }

            cases.Add("esp32c3", false, LoaderKind.Stub, 1);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Burns))]
    public void Bit_that_takes_at_the_second_or_third_try_is_mended(string chip, bool coded, LoaderKind loader, int burn)
    {
        using HostBench whole = Bench(chip, coded, LoaderKind.Rom);
        Assert.True(Burn(whole).Verified);
        foreach (int times in new[] { 1, 2 })
        {
            using HostBench bench = Bench(chip, coded, loader);
            bench.Board.Arm(Weak(burn, times));
            Assert.True(Burn(bench).Verified);
            Assert.Equal(whole.Board.Efuse.Save(), bench.Board.Efuse.Save());
        }
    }

    [Theory]
    [MemberData(nameof(Burns))]
    public void Bit_that_never_takes_is_told_and_holds_back_what_follows(string chip, bool coded, LoaderKind loader, int burn)
    {
        using HostBench bench = Bench(chip, coded, loader);
        bench.Board.Arm(Weak(burn, 3));
        EfuseException failure = Assert.Throws<EfuseException>(() => Burn(bench));
        Assert.Equal(ErrorCode.EfuseBurnFailed, failure.Code);
        bool isKey = burn == 1;
        Assert.Contains(!isKey ? "1 bits did not take" : bench.Chip.Efuse.Generation == EfuseGeneration.ReedSolomon ? "1 coding errors" : "bits did not take", failure.Message);
        if (isKey)
        {
            // How many ones a key has is nobody's business.
            Assert.DoesNotMatch(@"\d bits did not take", failure.Message);
        }

        Assert.Equal(isKey, failure.Target != "BLOCK0");

        // Hiding is the last command of all, and locking the one before.
        int last = bench.Chip.Efuse.Generation == EfuseGeneration.ReedSolomon ? NewerBurns : ClassicBurns;
        Assert.Equal(0u, bench.Board.Efuse.Field("RD_DIS"));
        if (burn != last - 1)
        {
            Assert.Equal(burn == last, bench.Board.Efuse.Field("WR_DIS") != 0);
        }
    }

    // The first of a command's bits, so many times in a row.
    private static FaultPlan Weak(int burn, int times) => FaultPlan.Parse(string.Join("; ", Enumerable.Range(burn, times).Select(at => $"spoil@burn:{at}")));

    private static HostBench Bench(string chip, bool coded, LoaderKind loader)
    {
        HostBench bench = new(chip, loader, options => options with { Clock = new VirtualClock(), Mac = [0x10, 0x20, 0x30, 0x40, 0x50, 0x60] });
        if (coded)
        {
            bench.Board.Efuse.Fuses[0][24] |= 1;
            bench.Board.PowerCycle();
        }

        return bench;
    }

    private static EfuseBurnResult Burn(HostBench bench)
    {
        using Esp32Device device = bench.Connect();
        EfuseSnapshot snapshot = EfuseReader.Read(device.GetLoader(), device.GetChip(), CancellationToken.None);
        int length = snapshot.CodingScheme == EfuseCodingScheme.ThreeQuarters ? 24 : 32;
        using EfuseKey key = new([.. Enumerable.Range(0x41, length).Select(i => (byte)i)]);
        using EfusePlan plan = EfusePlanner.Plan(snapshot, [new EfuseKeyRequest { Purpose = device.GetChip().Key == "esp32" ? "FlashEncryption" : "XTS_AES_128_KEY", Key = key }]);
        int crystalMHz = device.ReadIdentity(CancellationToken.None).CrystalMHz;
        return EfuseBurner.Burn(device.GetLoader(), device.GetTransport().Clock, device.GetChip(), crystalMHz, plan, CancellationToken.None);
    }
}
