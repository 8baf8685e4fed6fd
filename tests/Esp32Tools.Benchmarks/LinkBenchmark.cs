using System;
using System.Collections.Generic;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Flash;
using Esp32Tools.Simulator.Flash;

namespace Esp32Tools.Benchmarks;

/// <summary>
/// Writing and reading 1 MB of noise over a paced link, in real time, against what the link and the flash cannot be
/// faster than. The bound knows nothing of frames, escapes, acknowledgements or digests: those are the overhead.
/// </summary>
internal sealed class LinkBenchmark(int baudRate) : IBenchmark
{
    private const uint Address = 0x1_0000;
    private const int Length = 1 << 20;
    private const double MaxRatio = 1.03;

    private static readonly FlashPart s_part = new();

    /// <inheritdoc/>
    public string Name => $"link-{baudRate}";

    /// <inheritdoc/>
    public IEnumerable<Measurement> Run()
    {
        byte[] noise = new byte[Length];
        new Random(1).NextBytes(noise);
        using Esp32Device device = PacedBoard.Connect($"link-{baudRate}", baudRate, useStub: true);
        TimeSpan wire = PacedBoard.OnWire(Length, baudRate);
        TimeSpan programming = PacedBoard.Programming(s_part, Length);

        FlashImage image = new("noise", Address, noise);
        TimeSpan start = device.GetTransport().Clock.Now;
        FlashWriteResult written = FlashWriter.Write(device, [image], new FlashWriteOptions(), null, CancellationToken.None)[0];
        TimeSpan taken = device.GetTransport().Clock.Now - start;
        if (!written.Verified)
        {
            throw new InvalidOperationException("The write was not verified.");
        }

        yield return new Measurement(
            $"Stub, writing and verifying 1 MB at {baudRate} baud", taken, wire > programming ? wire : programming, MaxRatio);

        start = device.GetTransport().Clock.Now;
        FlashReader.Read(device, Address, Length, null, CancellationToken.None);
        yield return new Measurement($"Stub, reading 1 MB at {baudRate} baud", device.GetTransport().Clock.Now - start, wire, MaxRatio);
    }
}
