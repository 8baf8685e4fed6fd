using System;
using System.Collections.Generic;
using System.Diagnostics;
using Esp32Tools.Chips;
using Esp32Tools.Crypto.FlashEncryption;

namespace Esp32Tools.Benchmarks;

/// <summary>Encrypting and decrypting 1 MB on the host, in each scheme: processor time.</summary>
internal sealed class FlashEncryptionBenchmark : IBenchmark
{
    private const int Length = 1 << 20;
    private const int Turns = 8;
    private const uint Address = 0x1_0000;

    /// <inheritdoc/>
    public string Name => "flash-encryption";

    /// <inheritdoc/>
    public IEnumerable<Measurement> Run()
    {
        foreach ((string chip, int keyLength, int milliseconds) in new[] { ("esp32", 32, 150), ("esp32c3", 32, 30), ("esp32s3", 64, 30) })
        {
            using var key = FlashKey.Generate(keyLength);
            using var cipher = FlashCipher.For(ChipCatalog.ByName(chip), key);
            byte[] image = SampleData.LikeCode(Length);
            yield return Measure($"Encrypting 1 MB for {chip}, key of {keyLength} bytes", milliseconds, () => cipher.Encrypt(image, Address));
            yield return Measure($"Decrypting 1 MB for {chip}, key of {keyLength} bytes", milliseconds, () => cipher.Decrypt(image, Address));
        }
    }

    // The clock of a process is too coarse for one turn.
    private static Measurement Measure(string name, int milliseconds, Func<byte[]> work)
    {
        work();
        using var self = Process.GetCurrentProcess();
        TimeSpan before = self.TotalProcessorTime;
        for (int turn = 0; turn < Turns; turn++)
        {
            work();
        }

        self.Refresh();
        return new Measurement(name, (self.TotalProcessorTime - before) / Turns, TimeSpan.FromMilliseconds(milliseconds), maxRatio: 1);
    }
}
