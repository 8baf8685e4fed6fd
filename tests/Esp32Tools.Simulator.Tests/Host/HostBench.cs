using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Devices;
using Esp32Tools.Flash;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>A virtual board of its own on a test bench, reached by its port name as any other board is.</summary>
internal sealed class HostBench : IDisposable
{
    private static int s_boards;

    public HostBench(string chip, LoaderKind loader = LoaderKind.Rom, Func<SimulatorOptions, SimulatorOptions>? options = null)
    {
        VirtualTransportProvider.Register();
        var plain = new SimulatorOptions { Chip = chip, Name = $"test-bench{Interlocked.Increment(ref s_boards)}" };
        Board = SimulatorCatalog.Create(options is null ? plain : options(plain));
        Options = new ConnectOptions { UseStub = loader == LoaderKind.Stub };
    }

    public Esp32Simulator Board { get; }

    public ChipDefinition Chip => Board.GetChip();

    /// <summary>How sessions connect unless told otherwise.</summary>
    public ConnectOptions Options { get; }

    public Esp32Device Connect(ConnectOptions? options = null) =>
        DeviceConnector.Connect(Board.PortName, options ?? Options, CancellationToken.None);

    /// <summary>Connects, writes, and resets into the application.</summary>
    public IReadOnlyList<FlashWriteResult> Write(IReadOnlyList<FlashImage> images, FlashWriteOptions? options = null)
    {
        using Esp32Device device = Connect();
        IReadOnlyList<FlashWriteResult> results =
            FlashWriter.Write(device, images, options ?? new FlashWriteOptions(), null, CancellationToken.None);
        device.Close(LeaveMode.HardReset, CancellationToken.None);
        return results;
    }

    /// <summary>All of the flash.</summary>
    public byte[] Flash() => Board.ReadFlash(0, 4 << 20);

    public bool Holds(FlashImage image) =>
        Board.ReadFlash(image.Address, image.Data.Length).AsSpan().SequenceEqual(image.Data);

    /// <summary>Burns bits of a field of block 0, as if they had been from the factory on.</summary>
    public void Burn(BitField field, uint value)
    {
        byte[] fuses = Board.Efuse.Fuses[0];
        uint start = Chip.Efuse.Base + Chip.Efuse.Blocks[0].ReadOffset;
        foreach (BitPart part in field.Parts)
        {
            int offset = (int)(part.Register - start);
            BitConverter.TryWriteBytes(fuses.AsSpan(offset), BitConverter.ToUInt32(fuses, offset) | (value << part.Shift));
            value >>= part.Width;
        }

        Board.PowerCycle();
    }

    /// <summary>Burns ENABLE_SECURITY_DOWNLOAD of an ESP32-C3: block 0, word 4, bit 5 (ESP-IDF, eFuse table of the ESP32-C3).</summary>
    public void BurnSecureDownload() =>
        Burn(BitField.At(Chip.Efuse.Base + Chip.Efuse.Blocks[0].ReadOffset + 16, 5), 1);

    public void Dispose() => SimulatorCatalog.Remove(Board.Name);
}
