using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Flash;
using Esp32Tools.Simulator.Flash;

namespace Esp32Tools.Benchmarks;

/// <summary>
/// An application of 4 MB flashed again: with one sector in a hundred changed, found by the chip's digests or by the image
/// before, and unchanged. Over a paced link, in real time, against the full write.
/// </summary>
internal sealed class DifferentialBenchmark : IBenchmark
{
    private const int BaudRate = 921600;
    private const uint Address = 0x1_0000;
    private const int Length = 4 << 20;
    private const int Sector = 4096;
    private const int Changed = Length / Sector / 100;

    /// <inheritdoc/>
    public string Name => "differential";

    /// <inheritdoc/>
    public IEnumerable<Measurement> Run()
    {
        using Esp32Device device = PacedBoard.Connect("differential", BaudRate, useStub: true, flashSize: 16 << 20);
        FlashImage first = new("application", Address, SampleData.LikeCode(Length));
        TimeSpan full = Write(device, first, new FlashWriteOptions());
        TimeSpan digest = PacedBoard.Reading(new FlashPart(), Length);
        TimeSpan bound = (0.05 * full) + TimeSpan.FromSeconds(1);

        FlashImage second = Edit(first, seed: 2);
        yield return new Measurement($"4 MB with {Changed} sectors changed, by digests", Write(device, second, new FlashWriteOptions { Differential = true }), bound, 1);

        FlashImage third = Edit(second, seed: 3);
        var since = new FlashWriteOptions { Differential = true, Previous = [second] };
        yield return new Measurement("4 MB changed as much, by the image before", Write(device, third, since), bound, 1);
        yield return new Measurement("4 MB unchanged", Write(device, third, new FlashWriteOptions()), TimeSpan.FromSeconds(1) + digest, 1);
    }

    private static TimeSpan Write(Esp32Device device, FlashImage image, FlashWriteOptions options)
    {
        TimeSpan start = device.GetTransport().Clock.Now;
        FlashWriteResult result = FlashWriter.Write(device, [image], options, null, CancellationToken.None)[0];
        return result.Verified
            ? device.GetTransport().Clock.Now - start
            : throw new InvalidOperationException("The write was not verified.");
    }

    // A few bytes in each of the sectors, which lie anywhere.
    private static FlashImage Edit(FlashImage image, int seed)
    {
        byte[] data = (byte[])image.Data.Clone();
        var random = new Random(seed);
        int[] sectors = [.. Enumerable.Range(0, Length / Sector)];
        random.Shuffle(sectors);
        foreach (int sector in sectors.Take(Changed))
        {
            random.NextBytes(data.AsSpan((sector * Sector) + 512, 16));
        }

        return image with { Data = data };
    }
}
