using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Crypto.SecureBoot;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;
using Esp32Tools.Protection.Procedure;
using Esp32Tools.Protection.SecureBoot;
using Esp32Tools.Simulator.Faults;
using Esp32Tools.Tests.Shared;
using Esp32Tools.Tests.Shared.Chips;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>
/// The cable is pulled between two stages and in the middle of each: a second run completes, and leaves the very bits that
/// a run without a cut does.
/// </summary>
public sealed class SecureBootInterruptionTests
{
    private const int CutsInStage = 12;

    private static readonly SigningKey s_v1Key = SigningKey.Create(SigningKeyType.EcdsaP256);

    /// <summary>One chip for each way of keeping digests, and version 1.</summary>
    [Theory]
    [InlineData("esp32", SecureBootVersion.V1)]
    [InlineData("esp32", SecureBootVersion.V2)]
    [InlineData("esp32c2", SecureBootVersion.V2)]
    [InlineData("esp32c3", SecureBootVersion.V2)]
    [InlineData("esp32p4", SecureBootVersion.V2)]
    public void A_second_run_completes_whatever_the_cut(string chip, SecureBootVersion version)
    {
        (byte[][] fuses, List<long> ends) = Rehearse(chip, version);
        int cutShort = 0;
        foreach (long cut in Cuts(ends))
        {
            using SecureBootUnit unit = Unit(chip);
            unit.Bench.Board.Arm(new FaultPlan(new Fault { Kind = FaultKind.Unplug, Place = FaultPlace.HostToChip, At = cut }));
            try
            {
                unit.Run(Options(unit, version));
            }
            catch (Esp32Exception)
            {
                cutShort++;
            }

            // Nothing that is set at the cut is lost, or set beyond what a whole run sets.
            string at = $"{chip} v{(int)version}, cut at byte {cut}";
            Assert.All(unit.Fuses().Zip(fuses, (found, whole) => found.Zip(whole, (bits, all) => bits & ~all).All(extra => extra == 0)), within => Assert.True(within, at));
            RequireStarts(unit, version, at);

            unit.Bench.Board.Arm(FaultPlan.None);
            IReadOnlyList<SecurityStep> steps = unit.Run(Options(unit, version));
            Assert.True(fuses.Zip(unit.Fuses(), Enumerable.SequenceEqual).All(same => same), at);
            Assert.All(steps, step => Assert.NotEqual(nameof(SecurityStepStatus.Planned), step.Status));
            RequireStarts(unit, version, at);
        }

        Assert.True(cutShort > ends.Count, "The cuts did not come in the middle of the work.");
    }

    // With secure boot on, the bootloader that is in the flash has to be a good one, at every moment.
    private static void RequireStarts(SecureBootUnit unit, SecureBootVersion version, string at)
    {
        byte[] bootloader = unit.Bootloader;
        if (version == SecureBootVersion.V2 && unit.Fuse(unit.Chip.FieldName(EfuseRole.SecureBootEnable)) != 0)
        {
            byte[] image = unit.SignedImages(unit.Key)[0].Data;
            byte[] read = unit.Bench.Board.ReadFlash(unit.BootloaderAddress, image.Length);
            Assert.True(SecureBootV2.Verify(read, "flash", unit.Key.PublicKey), at);
        }
        else if (version == SecureBootVersion.V1 && unit.Fuse("ABS_DONE_0") != 0)
        {
            byte[] written = unit.Bench.Board.ReadFlash(0, 192);
            byte[] read = unit.Bench.Board.ReadFlash(0x1000, bootloader.Length);
            Assert.True(BootloaderDigest.Make(read, "flash", ((EcSigningKey)s_v1Key).GetSecureBootV1Key(), written[..128])[..192].SequenceEqual(written), at);
        }
    }

    // Where each stage of a whole run ends, in bytes to the chip.
    private static (byte[][] Fuses, List<long> Ends) Rehearse(string chip, SecureBootVersion version)
    {
        using SecureBootUnit unit = Unit(chip);
        var port = new MeteredTransport(TransportCatalog.Open(unit.Bench.Board.PortName, CancellationToken.None));
        using Esp32Device device = DeviceConnector.Connect(port, unit.Bench.Options, CancellationToken.None);
        using SecurityProcedure procedure = SecureBootProcedure.Plan(device, Options(unit, version), CancellationToken.None);
        List<long> ends = [port.BytesToChip];
        foreach (SecurityStep step in procedure.Run(null, CancellationToken.None))
        {
            ends.Add(port.BytesToChip);
        }

        return (unit.Fuses(), [.. ends.Distinct()]);
    }

    private static IEnumerable<long> Cuts(List<long> ends)
    {
        for (int i = 1; i < ends.Count; i++)
        {
            long length = ends[i] - ends[i - 1];
            for (int part = 0; part < CutsInStage; part += Thoroughness.Stride(everyday: 3))
            {
                yield return ends[i - 1] + 1 + (length * part / CutsInStage);
            }
        }
    }

    private static SecureBootUnit Unit(string chip) => new(chip, options => options with { Clock = new VirtualClock(), Mac = [0x24, 0x0A, 0xC4, 0, 0, 1] });

    private static SecureBootOptions Options(SecureBootUnit unit, SecureBootVersion version) => version == SecureBootVersion.V2
        ? unit.Wanted(unit.Key) with { Images = [unit.SignedImages(unit.Key)[0]] }
        : unit.WantedV1(s_v1Key) with { Images = [new("bootloader.bin", 0x1000, unit.Bootloader)] };
}
