using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using Esp32Tools.Chips;
using Esp32Tools.Examples.Quickstart;
using Esp32Tools.Flash;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>What the tests write.</summary>
internal static class HostFirmware
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<FlashImage>> s_sets = new();

    /// <summary>Bootloader, partition table and an application of 1 MB.</summary>
    public static IReadOnlyList<FlashImage> For(ChipDefinition chip) => s_sets.GetOrAdd(chip.Key, _ =>
    [
        new FlashImage("bootloader.bin", chip.Image.BootloaderOffset, SampleFirmware.Bootloader(chip)),
        new FlashImage("partition-table.bin", 0x8000, SampleFirmware.PartitionTable()),
        new FlashImage("app.bin", 0x1_0000, SampleFirmware.Application(chip, 1 << 20)),
    ]);

    /// <summary>Bytes that do not deflate; the same for the same seed.</summary>
    public static byte[] Noise(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>1 MB of which some 80 KB are left once deflated, spread evenly: many blocks for ROM and stub alike.</summary>
    public static byte[] Sparse(int seed)
    {
        const int Line = 0x1_0000;
        const int Noisy = 5000;
        var bytes = new byte[1 << 20];
        var random = new Random(seed);
        for (int line = 0; line < bytes.Length; line += Line)
        {
            random.NextBytes(bytes.AsSpan(line, Noisy));
        }

        return bytes;
    }
}
