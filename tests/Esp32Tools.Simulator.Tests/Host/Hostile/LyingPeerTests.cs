using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
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
[Collection(nameof(FaultTableCollection))]
public sealed class LyingPeerTests(ITestOutputHelper output)
{
    // All lies at once; most of the time is spent waiting for what does not come.
    private const long MemoryLimit = 256L * 1024 * 1024;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);
    private static readonly FlashImage s_image = new("data.bin", 0x11_0000, HostFirmware.Noise(6_000, seed: 9));

    // The two ways of speaking: with and without a magic word, a status of two and of four bytes.
    private static IReadOnlyList<(string Chip, LoaderKind Loader, string Lie)> Peers =>
    [
        .. from row in HostMatrix.All
           where row[0] is "esp32" or "esp32c3"
           from name in Lies.All.Keys
           select ((string)row[0], (LoaderKind)row[1], name),
    ];

    [Theory]
    [InlineData("socket")]
    [InlineData("rfc2217")]
    public void Whatever_a_peer_makes_of_the_answers_the_work_ends_in_its_time_and_tells_no_lie(string scheme)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long peak = before;
        using var watcher = new Timer(_ => peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false)), null, 0, 20);

        // Not those of the pool: it makes new ones slowly, and these wait.
        Task<string?>[] tasks =
        [
            .. Peers.Thin(everyday: 3).Select(peer => Task.Factory.StartNew(
                () => Try(peer.Chip, peer.Loader, scheme, peer.Lie), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)),
        ];
        Assert.Empty(tasks.Select(task => task.Result).OfType<string>());
        Assert.True(peak - before < MemoryLimit, $"{peak - before} bytes of memory.");
    }

    private string? Try(string chip, LoaderKind loader, string scheme, string name)
    {
        using var bench = new HostBench(chip, loader);
        using SimulatorServer server = Serve(bench, scheme, Lies.All[name](bench.Chip, loader == LoaderKind.Stub));
        var watch = Stopwatch.StartNew();
        string end = "well";
        try
        {
            if (Work(bench, server.PortName) is { } lie)
            {
                return $"{chip} {loader}, {name}: {lie}";
            }
        }
        catch (Esp32Exception error)
        {
            end = $"{error.Code}: {error.Message}";
            if (error.Advice.Length == 0)
            {
                return $"{chip} {loader}, {name}: no advice, {end}";
            }
        }
        catch (Exception error)
        {
            return $"{chip} {loader}, {name}: {error}";
        }

        lock (output)
        {
            output.WriteLine($"{chip} {loader}, {name}, {watch.Elapsed.TotalSeconds:0.0} s: {end}");
        }

        return watch.Elapsed < s_limit ? null : $"{chip} {loader}, {name}: it took {watch.Elapsed}";
    }

    // The lie that was believed; null for none.
    private static string? Work(HostBench bench, string port)
    {
        using Esp32Device device = DeviceConnector.Connect(port + (port.StartsWith("rfc", StringComparison.Ordinal) ? "?timeout=10" : string.Empty), bench.Options with { Attempts = 3 }, CancellationToken.None);
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
