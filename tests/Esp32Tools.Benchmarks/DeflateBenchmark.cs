using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using Esp32Tools.Flash;

namespace Esp32Tools.Benchmarks;

/// <summary>
/// Bytes on the wire for 4 MB of compiled code, against those of the zlib library of this machine at its best level (9).
/// The code is the runtime's own: every machine that can run this has it.
/// </summary>
internal sealed class DeflateBenchmark : IBenchmark
{
    private const int Length = 4 << 20;
    private const int BestLevel = 9;
    private const double Kilo = 1024;

    /// <inheritdoc/>
    public string Name => "deflate";

    /// <inheritdoc/>
    public IEnumerable<Measurement> Run()
    {
        byte[] code = File.ReadAllBytes(typeof(object).Assembly.Location)[..Length];
        int ours = ZlibStream.Compress(code).Bytes.Length;
        yield return new Measurement("4 MB of compiled code, compressed", ours / Kilo, Reference(code) / Kilo, MaxRatio: 1, Unit: "KB");
    }

    private static long Reference(byte[] data)
    {
        nuint length = (nuint)data.Length + (nuint)(data.Length / 1000) + 64;
        byte[] output = new byte[length];
        int status = OperatingSystem.IsWindows()
            ? throw new PlatformNotSupportedException("There is no zlib on Windows to compare with.")
            : Compress2(output, ref length, data, (nuint)data.Length, BestLevel);
        return status == 0 ? (long)length : throw new InvalidOperationException($"zlib refused with {status}.");
    }

    // "unsigned long" of C, which is as wide as a pointer everywhere but on Windows.
    [DllImport("libz.so.1", EntryPoint = "compress2")]
    private static extern int Compress2(byte[] destination, ref nuint destinationLength, byte[] source, nuint sourceLength, int level);
}
