using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Flash;

namespace Esp32Tools.Benchmarks;

/// <summary>
/// A merged image of 16 MB of which 10 MB are 0xFF, onto a chip that was erased for it, against its 6 MB alone. The
/// erasing itself, which takes as long for both, is not counted.
/// </summary>
internal sealed class BlankRunsBenchmark : IBenchmark
{
    private const int BaudRate = 921600;
    private const int FlashSize = 16 << 20;
    private const double MaxRatio = 1.05;

    // Where the 6 MB stand, in bytes from the start of flash.
    private static readonly (int Start, int Length)[] s_parts = [(0x1_0000, 2 << 20), (6 << 20, 3 << 20), (15 << 20, 1 << 20)];

    /// <inheritdoc/>
    public string Name => "blank-runs";

    /// <inheritdoc/>
    public IEnumerable<Measurement> Run()
    {
        byte[] merged = new byte[FlashSize];
        Array.Fill(merged, (byte)0xFF);
        List<FlashImage> alone = [];
        foreach ((int start, int length) in s_parts)
        {
            byte[] data = SampleData.LikeCode(length);
            data.CopyTo(merged, start);
            alone.Add(new FlashImage($"part at 0x{start:X}", (uint)start, data));
        }

        TimeSpan bound = Write("blank-runs-alone", alone);
        TimeSpan taken = Write("blank-runs-merged", [new FlashImage("merged", 0, merged)]);
        yield return new Measurement("16 MB with 10 MB of 0xFF, against its 6 MB", taken, bound, MaxRatio);
    }

    private static TimeSpan Write(string name, IReadOnlyList<FlashImage> images)
    {
        using Esp32Device device = PacedBoard.Connect(name, BaudRate, useStub: true, FlashSize);
        TimeSpan? erased = null;

        // The first thing to be done in full is the erasing.
        void Watch(OperationProgress progress) => erased ??= progress.Done == progress.Total ? device.GetTransport().Clock.Now : null;
        IEnumerable<FlashWriteResult> results = FlashWriter.Write(device, images, new FlashWriteOptions { EraseAll = true }, Watch, CancellationToken.None);
        return results.All(result => result.Verified) && erased is TimeSpan start
            ? device.GetTransport().Clock.Now - start
            : throw new InvalidOperationException("The write was not verified.");
    }
}
