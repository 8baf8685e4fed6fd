using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Security.Cryptography;
using Esp32Tools.Flash;

namespace Esp32Tools.Benchmarks;

/// <summary>Compressing and hashing a 4 MB image: processor time.</summary>
internal sealed class CompressionBenchmark : IBenchmark
{
    private const int Length = 4 << 20;
    private const int StubBlockSize = 0x4000;

    /// <inheritdoc/>
    public string Name => "compression";

    /// <inheritdoc/>
    public IEnumerable<Measurement> Run()
    {
        byte[] image = SampleData.LikeCode(Length);
        Prepare(image);
        using var self = Process.GetCurrentProcess();
        TimeSpan before = self.TotalProcessorTime;
        Prepare(image);
        self.Refresh();
        yield return new Measurement("Compressing and hashing 4 MB, processor time", self.TotalProcessorTime - before, TimeSpan.FromSeconds(0.5), maxRatio: 1);
    }

    private static void Prepare(byte[] image)
    {
        MD5.HashData(image);
        ZlibStream.Compress(image).InflatedAfterBlocks(StubBlockSize);
    }
}
