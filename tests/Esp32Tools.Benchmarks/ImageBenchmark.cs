using System;
using System.Collections.Generic;
using System.Diagnostics;
using Esp32Tools.Images;

namespace Esp32Tools.Benchmarks;

/// <summary>Reading a 4 MB image with its checksum and SHA-256: processor time.</summary>
internal sealed class ImageBenchmark : IBenchmark
{
    private const int Segments = 4;
    private const int SegmentLength = 1024 * 1024;

    /// <inheritdoc/>
    public string Name => "image";

    /// <inheritdoc/>
    public IEnumerable<Measurement> Run()
    {
        byte[] image = Build();
        FirmwareImage.Parse(image);
        using var self = Process.GetCurrentProcess();
        TimeSpan before = self.TotalProcessorTime;
        FirmwareImage.Parse(image);
        self.Refresh();
        yield return new Measurement("Reading a 4 MB image, checksum and SHA-256", self.TotalProcessorTime - before, TimeSpan.FromSeconds(0.5), MaxRatio: 1);
    }

    private static byte[] Build()
    {
        byte[] image = new byte[ImageHeader.Size + (Segments * (8 + SegmentLength)) + 16 + 32];
        new Random(1).NextBytes(image);
        new ImageHeader { SegmentCount = Segments, HashAppended = 1 }.WriteTo(image);
        for (int i = 0; i < Segments; i++)
        {
            int at = ImageHeader.Size + (i * (8 + SegmentLength));
            BitConverter.GetBytes(0x3F40_0000).CopyTo(image, at);
            BitConverter.GetBytes(SegmentLength).CopyTo(image, at + 4);
        }

        return image;
    }
}
