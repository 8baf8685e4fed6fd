using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Esp32Tools.Simulator.Faults;
using Xunit;
using Xunit.Abstractions;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>
/// Each fault of the simulator, at each phase of a 1 MB write: it ends in success or in one clear error, in its time, the
/// port is free and the board works again; and nothing is called verified that is not.
/// </summary>
[Collection(nameof(FaultTableCollection))]
public sealed class FaultTableTests(ITestOutputHelper output)
{
    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Lost_byte(string chip, LoaderKind loader) => Try(chip, loader, Mended(loader), OnWire(chip, loader, FaultKind.Drop, 7, 4));

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Damaged_byte(string chip, LoaderKind loader) => Try(chip, loader, Mended(loader), OnWire(chip, loader, FaultKind.Corrupt, 7, 4));

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Late_byte(string chip, LoaderKind loader) => Try(chip, loader, 1,
        OnWire(chip, loader, FaultKind.Delay, 3, 2).Select(fault => fault with { Delay = TimeSpan.FromMilliseconds(20 + (fault.At % 7 * 500)) }));

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Lost_answer(string chip, LoaderKind loader) => Try(chip, loader, 1, OnRequests(chip, loader, FaultKind.LoseReply));

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Refusal_for_damage(string chip, LoaderKind loader) => Try(chip, loader, 0.9,
        OnRequests(chip, loader, FaultKind.Refuse, rom: 0x07, stub: 0xC1));

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Refusal_for_good(string chip, LoaderKind loader) => Try(chip, loader, 0,
        OnRequests(chip, loader, FaultKind.Refuse, rom: 0x08, stub: 0xC4).Select(fault => fault with { Times = int.MaxValue }));

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Pulled_cable(string chip, LoaderKind loader) => Try(chip, loader, 0,
        OnWire(chip, loader, FaultKind.Unplug, 2, 2).Select(fault => fault with { Replug = true }));

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Brown_out(string chip, LoaderKind loader) => Try(chip, loader, 0,
        OnWire(chip, loader, FaultKind.BrownOut, 2, 2).Concat(Counted(FaultKind.BrownOut, FaultPlace.FlashWrite, 24)));

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Bad_flash_cell(string chip, LoaderKind loader) => Try(chip, loader, 1, Counted(FaultKind.BadProgram, FaultPlace.FlashWrite, 24));

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Wrong_digest(string chip, LoaderKind loader) => Try(chip, loader, 1, Counted(FaultKind.WrongDigest, FaultPlace.Digest, 3));

    // Only blocks and digests carry a checksum. The ROM takes what is left of any other damaged request for the request: an
    // address that is none stops it for good, and a size that is another is believed. Once the session is up, that is an
    // error to tell; before, the connection begins again.
    private static double Mended(LoaderKind loader) => loader == LoaderKind.Stub ? 0.95 : 0.8;

    private static IEnumerable<Fault> OnWire(string chip, LoaderKind loader, FaultKind kind, int toChip, int toHost)
    {
        foreach (JobPhase phase in JobPhase.FirstMiddleLast(Phases(chip, loader)))
        {
            foreach (long at in JobPhase.Spread(phase.ToChip, phase.ToChipEnd, toChip))
            {
                yield return new Fault { Kind = kind, Place = FaultPlace.HostToChip, At = at };
            }

            foreach (long at in JobPhase.Spread(phase.ToHost, phase.ToHostEnd, toHost))
            {
                yield return new Fault { Kind = kind, Place = FaultPlace.ChipToHost, At = at };
            }
        }
    }

    // Statuses are those of the loader that is asked: the ROM's until the stub was started.
    private static IEnumerable<Fault> OnRequests(string chip, LoaderKind loader, FaultKind kind, byte rom = 0, byte stub = 0)
    {
        IReadOnlyList<JobPhase> phases = Phases(chip, loader);
        int start = phases.LastOrDefault(phase => phase.Command == LoaderCommand.MemEnd)?.Number ?? int.MaxValue;
        return JobPhase.FirstMiddleLast(phases).Select(phase => new Fault
        {
            Kind = kind,
            Place = FaultPlace.Command,
            At = phase.Number,
            Status = phase.Number <= start ? rom : stub,
        });
    }

    private static IEnumerable<Fault> Counted(FaultKind kind, FaultPlace place, int count) =>
        Enumerable.Range(1, count).Select(at => new Fault { Kind = kind, Place = place, At = at });

    private static IReadOnlyList<JobPhase> Phases(string chip, LoaderKind loader) => new FaultJob(chip, loader).Phases();

    private void Try(string chip, LoaderKind loader, double leastSuccess, IEnumerable<Fault> faults)
    {
        var job = new FaultJob(chip, loader);
        IReadOnlyList<JobPhase> phases = job.Phases();
        // Every chip has all of the table's rows, and the cases of a row that HostMatrix.Stride gives it.
        int stride = HostMatrix.Stride(chip);
        Fault[] cases = [.. faults.Where((_, i) => i % stride == 0)];
        var outcomes = new JobOutcome[cases.Length];
        Parallel.For(0, cases.Length, i => outcomes[i] = job.Run(cases[i]));

        output.WriteLine($"{cases.Length} cases, {outcomes.Count(one => one.IsSuccess)} successes, {outcomes.Count(one => one.Repeats > 0)} with repeats, longest {outcomes.Max(one => one.Took).TotalSeconds:0.0} s");
        foreach (var group in Enumerable.Range(0, cases.Length).Where(i => outcomes[i].Error is not null).GroupBy(i => Words(outcomes[i].Error!)))
        {
            output.WriteLine($"{group.Count(),5} {group.Key} ({string.Join(", ", group.Select(i => PhaseOf(cases[i], phases)).Distinct())})");
        }

        string[] complaints = [.. Enumerable.Range(0, cases.Length).Where(i => outcomes[i].Complaint is not null).Select(i => $"{chip} {loader}, {cases[i]} in {PhaseOf(cases[i], phases)}: {outcomes[i].Complaint}")];
        Assert.True(complaints.Length == 0, string.Join("\n", complaints.Take(40)));
        Assert.InRange(outcomes.Count(one => one.IsSuccess), leastSuccess * cases.Length, cases.Length);
    }

    private static string Words(Esp32Exception error) => $"{error.Code}: {Regex.Replace(error.Message, @"virtual:[\w-]+", "the port")}";

    private static string PhaseOf(Fault fault, IReadOnlyList<JobPhase> phases) => fault.Place switch
    {
        FaultPlace.HostToChip => phases.LastOrDefault(phase => phase.ToChip < fault.At)?.Command.ToString() ?? "reset",
        FaultPlace.ChipToHost => phases.LastOrDefault(phase => phase.ToHost < fault.At)?.Command.ToString() ?? "reset",
        FaultPlace.Command => phases[(int)fault.At - 1].Command.ToString(),
        _ => fault.Place.ToString(),
    };
}
