using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Devices;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Examples.Quickstart;
using Esp32Tools.Flash;
using Esp32Tools.Protection.FlashEncryption;
using Esp32Tools.Protection.Procedure;
using Esp32Tools.Simulator.Encryption;
using Esp32Tools.Simulator.Faults;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>A unit that is to be encrypted, its key and its images.</summary>
internal sealed class EncryptionBench : IDisposable
{
    private readonly HostBench _bench;

    /// <param name="chip">The chip.</param>
    /// <param name="keyLength">Bytes of its key; 24 makes the eFuses of an ESP32 coded by 3/4.</param>
    /// <param name="loader">What to work through; the stub unless told otherwise.</param>
    public EncryptionBench(string chip, int keyLength = 32, LoaderKind loader = LoaderKind.Stub)
    {
        _bench = new HostBench(chip, loader, options => options with { Clock = new VirtualClock(), ApplicationOutput = ["SELFTEST PASS"] });
        KeyBytes = [.. Enumerable.Range(1, keyLength).Select(value => (byte)(value * 7))];
        if (keyLength == 24)
        {
            // CODING_SCHEME: block 0, word 6, bits 1:0 (efuse-rules.md, section 1).
            _bench.Burn(BitField.At(Chip.Efuse.Base + Chip.Efuse.Blocks[0].ReadOffset + 24, 0, 2), 1);
        }

        Images =
        [
            new FlashImage("bootloader.bin", Chip.Image.BootloaderOffset, SampleFirmware.Bootloader(Chip)),
            new FlashImage("partition-table.bin", 0x8000, SampleFirmware.PartitionTable()),
            new FlashImage("nvs.bin", 0x9000, HostFirmware.Noise(0x1000, 9)),
            new FlashImage("app.bin", 0x1_0000, SampleFirmware.Application(Chip, 0x3000)),
        ];
    }

    public byte[] KeyBytes { get; }

    public IReadOnlyList<FlashImage> Images { get; }

    public HostBench Bench => _bench;

    public ChipDefinition Chip => _bench.Chip;

    public Esp32Device Connect() => _bench.Connect();

    public FlashEncryptionOptions Options(FlashEncryptionGoal goal = FlashEncryptionGoal.Release) => new()
    {
        Goal = goal,
        Images = Images,
        Key = new FlashKey(KeyBytes),
        Write = new FlashWriteOptions { MaxReconnects = 0 },
    };

    /// <summary>Connects, does all of it, and takes the power away.</summary>
    /// <param name="options">What is wanted.</param>
    /// <param name="cut">Byte from host to chip, counted from the first that can change anything, before which the power goes; 0 for never.</param>
    /// <param name="steps">How many steps to take before the power goes; all of them by default.</param>
    public IReadOnlyList<SecurityStep> Run(FlashEncryptionOptions? options = null, int cut = 0, int steps = int.MaxValue)
    {
        try
        {
            using Esp32Device device = Connect();
            using SecurityProcedure procedure = FlashEncryptionProcedure.Plan(device, options ?? Options(), CancellationToken.None);
            if (cut > 0)
            {
                _bench.Board.Arm(FaultPlan.Parse($"unplug@tochip:{cut}=replug"));
            }

            return [.. procedure.Run(null, CancellationToken.None).Take(steps)];
        }
        finally
        {
            _bench.Board.Arm(FaultPlan.None);
            _bench.Board.PowerCycle();
        }
    }

    public EfuseSnapshot Fuses()
    {
        using Esp32Device device = Connect();
        return EfuseReader.Read(device.GetLoader(), device.GetChip(), CancellationToken.None);
    }

    /// <summary>All words of all eFuses as they are in the silicon, hidden or not.</summary>
    public byte[] Silicon() => [.. _bench.Board.Efuse.Fuses.SelectMany(block => block)];

    /// <summary>The flash as the chip itself sees it: through its decryption.</summary>
    public byte[] Decrypted(FlashImage image)
    {
        uint start = image.Address & ~0xFFFu;
        byte[] data = _bench.Board.ReadFlash(start, (int)(image.Address - start) + image.Data.Length + 32);
        using IFlashCipher cipher = FlashCiphers.For(Chip, _bench.Board.Efuse)!;
        for (int at = 0; at + 16 <= data.Length; at += 16)
        {
            cipher.Decrypt(start + (uint)at, data, at);
        }

        return data[(int)(image.Address - start)..][..image.Data.Length];
    }

    /// <summary>True when every image is in flash as the chip needs it: nvs plain, the rest encrypted with its key.</summary>
    public bool HoldsImages() => Images.All(image => image.Name == "nvs.bin" ? _bench.Holds(image) : Decrypted(image).AsSpan().SequenceEqual(image.Data));

    public void Dispose() => _bench.Dispose();
}
