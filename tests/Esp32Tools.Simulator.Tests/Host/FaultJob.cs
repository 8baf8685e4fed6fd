using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Transport;
using Esp32Tools.Simulator.Faults;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>
/// The job of the fault table: connect at a high rate, write 1 MB over something else, reset into the application. Run
/// once without a fault, it gives the places of its phases; run with one, what became of it.
/// </summary>
internal sealed class FaultJob(string chip, LoaderKind loader)
{
    // The longest wait of a job that lost one answer: the ROM may take 40 s to erase 1 MB (protocol.md, section 13), and
    // connecting, the digest (8 s) and three attempts at what is quick fit into the rest.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private static readonly byte[] s_old = HostFirmware.Sparse(1);
    private static readonly FlashImage s_image = new("app", 0x2_0000, HostFirmware.Sparse(2));
    private static readonly FlashImage s_next = new("next", 0x30_0000, HostFirmware.Noise(5000, 3));

    // A rehearsal always comes out the same, and each row of the table asks for it.
    private static readonly ConcurrentDictionary<(string, LoaderKind), Lazy<IReadOnlyList<JobPhase>>> s_rehearsals = new();

    /// <summary>Where each request begins when the job runs on a good board.</summary>
    public IReadOnlyList<JobPhase> Phases() => s_rehearsals.GetOrAdd((chip, loader), _ => new(Rehearse)).Value;

    private IReadOnlyList<JobPhase> Rehearse()
    {
        using HostBench bench = Bench();
        var port = new MeteredTransport(TransportCatalog.Open(bench.Board.PortName, CancellationToken.None));
        var phases = new PhaseTrace(port);
        using Esp32Device device = DeviceConnector.Connect(port, OptionsOf(bench) with { Trace = phases }, CancellationToken.None);
        FlashWriteResult result = FlashWriter.Write(device, [s_image], new(), null, CancellationToken.None).Single(one => one.Verified);
        device.Close(LeaveMode.HardReset, CancellationToken.None);
        return result.Retries == 0 ? phases.End() : throw new InvalidOperationException("A good board needed a retry.");
    }

    /// <summary>Runs the job with a fault, and judges how it ended.</summary>
    public JobOutcome Run(Fault fault)
    {
        using HostBench bench = Bench();
        Esp32Simulator board = bench.Board;
        var clock = (VirtualClock)board.Options.Clock!;
        board.Arm(new FaultPlan(fault));
        TimeSpan start = clock.Now;
        Esp32Exception? error = null;
        List<FlashWriteResult> results = [];
        int repeats = 0;
        try
        {
            using Esp32Device device = bench.Connect(OptionsOf(bench));
            FlashWritePlan plan = FlashWriter.Plan(device, [s_image], new(), CancellationToken.None);
            results.AddRange(FlashWriter.Write(device, plan, null, CancellationToken.None));
            repeats = device.GetLoader().RepeatCount + results.Sum(result => result.Retries);
            device.Close(LeaveMode.HardReset, CancellationToken.None);
        }
        catch (Esp32Exception caught)
        {
            error = caught;
        }
        catch (Exception other)
        {
            return JobOutcome.Broken($"ended in {other}");
        }

        TimeSpan took = clock.Now - start;
        return Complaint(bench, error, results, took) is string complaint
            ? JobOutcome.Broken(complaint)
            : new JobOutcome(error, repeats, took, null);
    }

    private static string? Complaint(HostBench bench, Esp32Exception? error, List<FlashWriteResult> results, TimeSpan took)
    {
        if (results.Any(result => result.Verified) && !bench.Holds(s_image))
        {
            return "called verified, and the flash holds something else";
        }

        if (error is null && !results.All(result => result.Verified))
        {
            return "ended well, and nothing is verified";
        }

        if (error is { Advice: "" })
        {
            return $"ended without advice: {error.Code}, {error.Message}";
        }

        if (took > s_limit)
        {
            return $"took {took.TotalSeconds:0.0} s: {error?.Message}";
        }

        if (bench.Board.IsOpen)
        {
            return $"left the port open: {error?.Message}";
        }

        return NextOne(bench) is string next ? $"spoiled the next job: {next}" : null;
    }

    // The same board again, as it comes back from its cable or its supply.
    private static string? NextOne(HostBench bench)
    {
        bench.Board.Arm(FaultPlan.None);
        try
        {
            return bench.Write([s_next]).All(result => result.Verified) && bench.Holds(s_next) ? null : "it is not verified";
        }
        catch (Esp32Exception error)
        {
            return error.Message;
        }
    }

    private static ConnectOptions OptionsOf(HostBench bench) => bench.Options with { BaudRate = 921600 };

    private HostBench Bench()
    {
        var bench = new HostBench(chip, loader, options => options with { Clock = new VirtualClock() });
        bench.Board.LoadFlash(s_image.Address, s_old);
        return bench;
    }

    private sealed class PhaseTrace(MeteredTransport port) : IFrameTrace
    {
        private readonly List<JobPhase> _phases = [];

        public void Identified(TimeSpan time, LoaderDialect dialect)
        {
        }

        public void Sent(TimeSpan time, LoaderRequest request, byte[] payload)
        {
            Close();
            _phases.Add(new JobPhase(_phases.Count + 1, request.Command, port.BytesToChip, port.BytesToHost));
        }

        public void Received(TimeSpan time, LoaderRequest request, LoaderReply reply, int status)
        {
        }

        public void Raw(TimeSpan time, bool sent, byte[] payload)
        {
        }

        public void Note(TimeSpan time, string text)
        {
        }

        public IReadOnlyList<JobPhase> End()
        {
            Close();
            return _phases;
        }

        private void Close()
        {
            if (_phases.Count > 0)
            {
                _phases[^1] = _phases[^1] with { ToChipEnd = port.BytesToChip, ToHostEnd = port.BytesToHost };
            }
        }
    }
}
