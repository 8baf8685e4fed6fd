using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Link.Transport;
using Esp32Tools.Simulator.Faults;
using Esp32Tools.Simulator.Tests.Chips;
using Xunit;
using Xunit.Abstractions;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>
/// Each fault of the simulator over each way to write, all along the write: it ends in success or in one clear error,
/// and nothing is called verified that is not.
/// </summary>
[Collection(nameof(FaultTableCollection))]
public sealed class WriteFaultTests(ITestOutputHelper output)
{
    private const uint Address = 0x2_0000;
    private const int Length = 0x4_0000;
    private static readonly byte[] s_key = [.. Enumerable.Range(1, 32).Select(value => (byte)(value * 7))];
    private static readonly byte[] s_old = HostFirmware.Sparse(1)[..Length];
    private static readonly FlashImage s_changed = new("changed", Address, Changed());
    private static readonly FlashImage s_gaps = new("gaps", Address, Gaps());

    public static TheoryData<string, LoaderKind, string> Ways
    {
        get
        {
            // One chip of each generation of loader; the table of faults has the others.
            TheoryData<string, LoaderKind, string> ways = [];
            foreach (object[] row in ((IEnumerable<object[]>)HostMatrix.All).Where(row => row[0] is "esp32" or "esp32c3"))
            {
                foreach (string way in new[] { "by digest", "since previous", "erase all", "encrypted" })
                {
                    if (way != "encrypted" || (LoaderKind)row[1] == LoaderKind.Stub || (string)row[0] != "esp32")
                    {
                        ways.Add((string)row[0], (LoaderKind)row[1], way);
                    }
                }
            }

            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Lost_and_damaged_bytes(string chip, LoaderKind loader, string way) => Try(
        chip, loader, way, leastSuccess: loader == LoaderKind.Stub ? 0.95 : 0.85,
        (toChip, toHost, _) => [.. Along(FaultKind.Drop, toChip, toHost, 25), .. Along(FaultKind.Corrupt, toChip, toHost, 25)]);

    [Theory]
    [MemberData(nameof(Ways))]
    public void Lost_answers(string chip, LoaderKind loader, string way) => Try(
        chip, loader, way, leastSuccess: 1,
        (_, _, requests) => Enumerable.Range(1, 30).Select(i => (long)(i * requests / 30)).Where(at => at > 0).Distinct()
            .Select(at => new Fault { Kind = FaultKind.LoseReply, Place = FaultPlace.Command, At = at }));

    [Theory]
    [MemberData(nameof(Ways))]
    public void Pulled_cable(string chip, LoaderKind loader, string way) => Try(
        chip, loader, way, leastSuccess: 1,
        (toChip, toHost, _) => Along(FaultKind.Unplug, toChip, toHost, 20).Select(fault => fault with { Replug = true }));

    [Theory]
    [MemberData(nameof(Ways))]
    public void Brown_out(string chip, LoaderKind loader, string way) => Try(
        chip, loader, way, leastSuccess: 1,
        (toChip, _, _) => [.. Along(FaultKind.BrownOut, toChip, 0, 20), .. Counted(FaultKind.BrownOut, FaultPlace.FlashWrite, 6)]);

    [Theory]
    [MemberData(nameof(Ways))]
    public void Bad_cells_and_wrong_digests(string chip, LoaderKind loader, string way) => Try(
        chip, loader, way, leastSuccess: 1,
        (_, _, _) => [.. Counted(FaultKind.BadProgram, FaultPlace.FlashWrite, 6), .. Counted(FaultKind.WrongDigest, FaultPlace.Digest, 6)]);

    private static IEnumerable<Fault> Along(FaultKind kind, long toChip, long toHost, int count) =>
    [
        .. JobPhase.Spread(0, toChip, count).Select(at => new Fault { Kind = kind, Place = FaultPlace.HostToChip, At = at }),
        .. JobPhase.Spread(0, toHost, count / 2).Select(at => new Fault { Kind = kind, Place = FaultPlace.ChipToHost, At = at }),
    ];

    private static IEnumerable<Fault> Counted(FaultKind kind, FaultPlace place, int count) =>
        Enumerable.Range(1, count).Select(at => new Fault { Kind = kind, Place = place, At = at });

    private void Try(
        string chip, LoaderKind loader, string way, double leastSuccess, Func<long, long, int, IEnumerable<Fault>> faultsOf)
    {
        (string? failure, long toChip, long toHost, int requests) = Run(chip, loader, way, null);
        Assert.Null(failure);
        Fault[] faults = [.. faultsOf(toChip, toHost, requests)];
        var failures = new string?[faults.Length];
        Parallel.For(0, faults.Length, i => failures[i] = Run(chip, loader, way, faults[i]).Failure);

        string[] complaints = [.. failures.Zip(faults, (what, fault) => $"{fault}: {what}").Where(text => text.Contains("must not"))];
        int successes = failures.Count(what => what is null);
        output.WriteLine($"{faults.Length} cases, {successes} successes");
        foreach (var group in failures.Where(what => what is not null).GroupBy(what => what))
        {
            output.WriteLine($"{group.Count(),5} {group.Key}");
        }

        Assert.True(complaints.Length == 0, string.Join("\n", complaints.Take(20)));

        // What the chip encrypts is not begun twice: there, an error is a good end.
        Assert.InRange(successes, way == "encrypted" ? 0 : leastSuccess * faults.Length, faults.Length);
    }

    private static (string? Failure, long ToChip, long ToHost, int Requests) Run(string chip, LoaderKind loader, string way, Fault? fault)
    {
        using var bench = new HostBench(chip, loader, options => options with { Clock = new VirtualClock() });
        (FlashImage image, FlashWriteOptions options) = Job(bench, way);
        var port = new MeteredTransport(TransportCatalog.Open(bench.Board.PortName, CancellationToken.None));
        using Esp32Device device = DeviceConnector.Connect(port, bench.Options with { BaudRate = 921600 }, CancellationToken.None);
        FlashWritePlan plan = FlashWriter.Plan(device, [image], options, CancellationToken.None);
        (long toChip, long toHost) = (port.BytesToChip, port.BytesToHost);
        int writes = 0;
        port.BeforeWrite = () => writes++;
        if (fault is not null)
        {
            bench.Board.Arm(new FaultPlan(fault));
        }

        string? failure;
        try
        {
            FlashWriteResult result = FlashWriter.Write(device, plan, null, CancellationToken.None).Single();
            failure = Judge(bench, image, result);
            device.Close(LeaveMode.HardReset, CancellationToken.None);
        }
        catch (Esp32Exception error)
        {
            failure = error.Advice.Length == 0 ? $"must not end without advice: {error.Message}" : $"{error.Code}";
        }

        return (failure, port.BytesToChip - toChip, port.BytesToHost - toHost, writes);
    }

    private static string? Judge(HostBench bench, FlashImage image, FlashWriteResult result)
    {
        if (result.Encrypted)
        {
            return result.Verified || result.Reconnects > 0 ? "must not be verified or taken up again" : null;
        }

        return !result.Verified ? "must not end well and not be verified"
            : bench.Holds(image) ? null
            : "must not be called verified: the flash holds something else";
    }

    private static (FlashImage Image, FlashWriteOptions Options) Job(HostBench bench, string way)
    {
        bench.Board.LoadFlash(Address, s_old);
        switch (way)
        {
            case "by digest":
                return (s_changed, new() { Differential = true });
            case "since previous":
                return (s_changed, new() { Differential = true, Previous = [new FlashImage("old", Address, s_old)] });
            case "erase all":
                return (s_gaps, new() { EraseAll = true });
            default:
                bench.Board.BurnFlashKey(s_key);
                return (s_changed with { Encrypt = true }, new());
        }
    }

    // Of 64 sectors, some beside each other and some not.
    private static byte[] Changed()
    {
        byte[] data = (byte[])s_old.Clone();
        foreach (int sector in new[] { 0, 9, 10, 11, 12, 13, 40, 63 })
        {
            HostFirmware.Noise(3000, sector).CopyTo(data, sector * 0x1000);
        }

        return data;
    }

    private static byte[] Gaps()
    {
        byte[] data = [.. Enumerable.Repeat((byte)0xFF, Length)];
        HostFirmware.Noise(0x9000, 1).CopyTo(data, 0);
        HostFirmware.Noise(0x5000, 2).CopyTo(data, Length - 0x5000);
        return data;
    }
}
