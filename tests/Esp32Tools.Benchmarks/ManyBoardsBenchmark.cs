using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Flash;

namespace Esp32Tools.Benchmarks;

/// <summary>
/// Writing the same 1 MB to many boards at once, a thread each, against one board alone a moment before: connecting,
/// writing, verifying, and leaving. The boards share the image, which is compressed once. The virtual boards themselves,
/// which no real station has to pay for, count as well.
/// </summary>
internal sealed class ManyBoardsBenchmark : IBenchmark
{
    private const int Boards = 32;
    private const int BaudRate = 921600;
    private const uint Address = 0x1_0000;
    private const int Length = 1 << 20;
    private const double MaxRatio = 1.05;

    /// <inheritdoc/>
    public string Name => "many";

    /// <inheritdoc/>
    public IEnumerable<Measurement> Run()
    {
        // What runs for the first time is compiled first; that is not what this is about.
        Write("many-first", Image(1 << 16));
        TimeSpan one = Take(["many-one"]).Elapsed;
        (TimeSpan all, TimeSpan processor, long memory) = Take([.. Enumerable.Range(1, Boards).Select(i => $"many-{i}")]);
        yield return new Measurement($"{Boards} boards at {BaudRate} baud, 1 MB each, against one", all, one, MaxRatio);
        yield return new Measurement("  processor time for each, against a 32nd of one", processor / Boards, all / Boards, 1);
        yield return new Measurement("  working set for each", memory / 1e6 / Boards, 8, 1, "MB");
    }

    private static (TimeSpan Elapsed, TimeSpan Processor, long Memory) Take(IReadOnlyList<string> names)
    {
        using var self = Process.GetCurrentProcess();
        GC.Collect();
        self.Refresh();
        (TimeSpan processor, long memory) = (self.TotalProcessorTime, self.WorkingSet64);
        FlashImage image = Image(Length);
        var watch = Stopwatch.StartNew();
        Thread[] threads = [.. names.Select(name => new Thread(() => Write(name, image)) { Name = name })];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        watch.Stop();
        self.Refresh();
        return (watch.Elapsed, self.TotalProcessorTime - processor, self.WorkingSet64 - memory);
    }

    private static FlashImage Image(int length)
    {
        byte[] noise = new byte[length];
        new Random(1).NextBytes(noise);
        return new FlashImage("noise", Address, noise);
    }

    private static void Write(string name, FlashImage image)
    {
        using Esp32Device device = PacedBoard.Connect(name, BaudRate, useStub: true);
        FlashWriteResult written = FlashWriter.Write(device, [image], new FlashWriteOptions(), null, CancellationToken.None)[0];
        if (!written.Verified || written.Retries > 0)
        {
            throw new InvalidOperationException($"{written.Name} on {name}: verified {written.Verified}, {written.Retries} retries.");
        }

        device.Close(LeaveMode.HardReset, CancellationToken.None);
    }
}
