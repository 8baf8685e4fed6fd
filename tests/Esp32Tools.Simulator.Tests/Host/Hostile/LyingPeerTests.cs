using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Link.Transport;
using Esp32Tools.Simulator.Serving;
using Xunit;
using Xunit.Abstractions;

namespace Esp32Tools.Simulator.Tests.Host.Hostile;

/// <summary>
/// A server whose chip lies: connect, describe, write, read back and compare each end in their time and in modest memory, well
/// or in one error that says what to do, and nothing is called verified or read that is not so.
/// </summary>
/// <remarks>
/// Nearly all of the time is spent waiting for answers that do not come, so the host's clock is hurried. Its limits and the
/// one here are all of that clock.
/// </remarks>
[Collection(nameof(FaultTableCollection))]
public sealed class LyingPeerTests(ITestOutputHelper output)
{
    private const int Pace = 10;
    private const int SideBySide = 12;

    // All that the thread of a case takes in its course, most of it given back long before the end.
    private const long MemoryLimit = 64L * 1024 * 1024;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);
    private static readonly FlashImage s_image = new("data.bin", 0x11_0000, HostFirmware.Noise(6_000, seed: 9));

    private static string[] Schemes { get; } = ["socket", "rfc2217"];

    // The two ways of speaking: with and without a magic word, a status of two and of four bytes.
    private static IReadOnlyList<(string Chip, LoaderKind Loader)> Chips =>
        [.. from row in HostMatrix.All where row[0] is "esp32" or "esp32c3" select ((string)row[0], (LoaderKind)row[1])];

    [Fact]
    public void Whatever_a_peer_makes_of_the_answers_the_work_ends_in_its_time_and_tells_no_lie() => Assert.Empty(SideBySideOf(
        (from scheme in Schemes from peer in Chips from lie in Lies.All.Keys select (scheme, peer, lie)).Thin(everyday: 3),
        row => Try(row.peer.Chip, row.peer.Loader, row.scheme, row.lie, Pace).Fault));

    [Fact]
    public void A_peer_that_passes_everything_on_is_believed() => Assert.Empty(SideBySideOf(
        from scheme in Schemes from peer in Chips select (scheme, peer),
        row => Try(row.peer.Chip, row.peer.Loader, row.scheme, Lies.None, pace: 1) is (null, "well") ? null : $"{row}"));

    [Theory]
    [InlineData("digests wrong", "VerifyFailed", "digest differs")]
    [InlineData("digests short", "UnexpectedReply", "SPI_FLASH_MD5 has the wrong length")]
    [InlineData("digests long", "UnexpectedReply", "SPI_FLASH_MD5 has the wrong length")]
    [InlineData("digests not there", "UnexpectedReply", "SPI_FLASH_MD5 has the wrong length")]
    public void A_lie_that_shows_is_called_by_its_name(string lie, string code, string words) => Assert.Empty(SideBySideOf(
        from scheme in Schemes from peer in Chips select (scheme, peer),
        row => Try(row.peer.Chip, row.peer.Loader, row.scheme, lie, pace: 1) is (null, string end)
            && end.StartsWith(code, StringComparison.Ordinal)
            && end.Contains(words, StringComparison.Ordinal) ? null : $"{row}"));

    // On threads of their own: those of the pool come slowly, and these wait.
    private static IEnumerable<string> SideBySideOf<T>(IEnumerable<T> cases, Func<T, string?> attempt)
    {
        var waiting = new ConcurrentQueue<T>(cases);
        var faults = new ConcurrentQueue<string>();
        Thread[] threads = [.. Enumerable.Range(0, SideBySide).Select(_ => new Thread(() =>
        {
            while (waiting.TryDequeue(out T? next))
            {
                if (attempt(next) is string fault)
                {
                    faults.Enqueue(fault);
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return faults;
    }

    // A fault of the product, or null; and how the work ended.
    private (string? Fault, string End) Try(string chip, LoaderKind loader, string scheme, string name, int pace)
    {
        using var bench = new HostBench(chip, loader);
        using SimulatorServer server = Serve(bench, scheme, Lies.Get(name)(bench.Chip, loader == LoaderKind.Stub));
        var watch = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        string end = "well";
        string? fault = null;
        try
        {
            fault = Work(bench, server.PortName, pace);
        }
        catch (Esp32Exception error)
        {
            end = $"{error.Code}: {error.Message}";
            fault = error.Advice.Length == 0 ? "no advice, " + end : null;
        }
        catch (Exception error)
        {
            fault = error.ToString();
        }

        long taken = GC.GetAllocatedBytesForCurrentThread() - before;
        fault ??= watch.Elapsed * pace > s_limit ? $"it took {watch.Elapsed * pace}" : taken > MemoryLimit ? $"it took {taken} bytes" : null;
        lock (output)
        {
            output.WriteLine($"{chip} {loader}, {scheme}, {name}, {watch.Elapsed.TotalSeconds:0.0} s, {taken >> 10} KB: {fault ?? end}");
        }

        return (fault is null ? null : $"{chip} {loader}, {scheme}, {name}: {fault}", end);
    }

    // The lie that was believed; null for none.
    private static string? Work(HostBench bench, string name, int pace)
    {
        using ISerialTransport port = Open(name, pace);
        using Esp32Device device = DeviceConnector.Connect(port, bench.Options with { Attempts = 3 }, CancellationToken.None);
        if (device.GetChip() != bench.Chip)
        {
            // A chip that calls itself another one is another one; nothing but its own word says which it is.
            return null;
        }

        Esp32DeviceInfo.Read(device, CancellationToken.None);
        IReadOnlyList<FlashWriteResult> written = FlashWriter.Write(device, [s_image], new FlashWriteOptions { MaxReconnects = 1, SkipEqual = false }, null, CancellationToken.None);
        if (written.Any(result => result.Verified) && !bench.Holds(s_image))
        {
            return "called verified, and the flash holds something else";
        }

        byte[] read = FlashReader.Read(device, s_image.Address, 512, null, CancellationToken.None);
        if (!read.AsSpan().SequenceEqual(bench.Board.ReadFlash(s_image.Address, read.Length)))
        {
            return "read, and the flash holds something else";
        }

        return FlashVerifier.Test(device, s_image, null, CancellationToken.None).IsEqual && !bench.Holds(s_image) ? "called equal, and it is not" : null;
    }

    private static HurriedTransport Open(string name, int pace)
    {
        string patience = name.StartsWith("rfc", StringComparison.Ordinal) ? "?timeout=10" : string.Empty;
        return new HurriedTransport(TransportCatalog.Open(name + patience, CancellationToken.None), pace);
    }

    private static SimulatorServer Serve(HostBench bench, string scheme, Lie lie) => scheme == "socket"
        ? SimulatorServer.StartSocket(token => new LyingTransport(OpenInLoader(bench.Board, token), lie))
        : SimulatorServer.StartRfc2217(_ => new LyingTransport(bench.Board.Open(SystemClock.Instance), lie));

    // A client over a plain socket cannot reset the chip.
    private static ISerialTransport OpenInLoader(Esp32Simulator board, CancellationToken cancellationToken)
    {
        ISerialTransport port = board.Open(SystemClock.Instance, hasBaudRate: false);
        if (board.State is not (nameof(BoardState.RomLoader) or nameof(BoardState.Stub)))
        {
            port.SetModemLines(false, true, cancellationToken);
            port.Clock.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
            port.SetModemLines(true, false, cancellationToken);
            port.Clock.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
            port.SetModemLines(false, false, cancellationToken);
        }

        return port;
    }
}
