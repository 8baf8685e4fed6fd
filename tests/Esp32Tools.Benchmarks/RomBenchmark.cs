using System;
using System.Collections.Generic;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Flash;
using Esp32Tools.Simulator.Flash;

namespace Esp32Tools.Benchmarks;

/// <summary>
/// Writing 256 KB of noise through the ROM, which takes one block, works on it, answers, and only then takes the next:
/// the bound is the sum of these steps, frames and answers included.
/// </summary>
internal sealed class RomBenchmark(int baudRate) : IBenchmark
{
    private const uint Address = 0x1_0000;
    private const int Length = 256 << 10;
    private const int BlockSize = 0x400;
    private const double MaxRatio = 1.10;

    // SLIP delimiters, header and block header of a request; delimiters, header and status of an answer.
    private const int RequestOverhead = 2 + 8 + 16;
    private const int AnswerLength = 2 + 8 + 4;

    private static readonly FlashPart s_part = new();

    /// <inheritdoc/>
    public string Name => $"rom-{baudRate}";

    /// <inheritdoc/>
    public IEnumerable<Measurement> Run()
    {
        byte[] noise = new byte[Length];
        new Random(1).NextBytes(noise);
        using Esp32Device device = PacedBoard.Connect($"rom-{baudRate}", baudRate, useStub: false);
        const int Blocks = Length / BlockSize;
        TimeSpan steps = PacedBoard.OnWire(Blocks * (BlockSize + RequestOverhead + AnswerLength), baudRate)
            + PacedBoard.Programming(s_part, Length)
            + PacedBoard.Erasing(s_part, Length);

        FlashImage image = new("noise", Address, noise);
        TimeSpan start = device.GetTransport().Clock.Now;
        FlashWriter.Write(device, [image], new FlashWriteOptions(), null, CancellationToken.None);
        yield return new Measurement(
            $"ROM, writing and verifying 256 KB at {baudRate} baud", device.GetTransport().Clock.Now - start, steps, MaxRatio);
    }
}
