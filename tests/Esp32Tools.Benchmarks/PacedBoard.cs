using System;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Simulator;
using Esp32Tools.Simulator.Flash;

namespace Esp32Tools.Benchmarks;

/// <summary>A virtual ESP32 that takes its time, and how much that is at least.</summary>
internal static class PacedBoard
{
    /// <summary>Connects to a new board whose bytes and flash cells take as long as real ones.</summary>
    /// <param name="name">Name of the board.</param>
    /// <param name="baudRate">Rate of the session.</param>
    /// <param name="useStub">False for the ROM alone.</param>
    /// <param name="flashSize">Size of its flash memory in bytes; that of the part that it has by default where nothing is said.</param>
    public static Esp32Device Connect(string name, int baudRate, bool useStub, long? flashSize = null)
    {
        VirtualTransportProvider.Register();
        Esp32Simulator board = SimulatorCatalog.Create(new SimulatorOptions
        {
            Chip = "esp32",
            Name = name,
            Timing = new SimulatorTiming(),
            Flash = flashSize is long size ? new FlashPart { Size = size } : null,
        });
        var options = new ConnectOptions { BaudRate = baudRate, UseStub = useStub };
        Esp32Device device = DeviceConnector.Connect(board.PortName, options, CancellationToken.None);
        device.OpenFlash(CancellationToken.None);
        return device;
    }

    /// <summary>Ten bits a byte.</summary>
    public static TimeSpan OnWire(int bytes, int baudRate) => TimeSpan.FromSeconds(10.0 * bytes / baudRate);

    /// <summary>Time the cells need to take so many bytes.</summary>
    public static TimeSpan Programming(FlashPart part, int bytes) => part.PageProgram * (bytes / 256);

    /// <summary>Time the part needs to be read once.</summary>
    public static TimeSpan Reading(FlashPart part, int bytes) => TimeSpan.FromSeconds((double)bytes / part.ReadRate);

    /// <summary>Time the part needs to erase so many bytes in blocks of 64 KB.</summary>
    public static TimeSpan Erasing(FlashPart part, int bytes) => part.BlockErase * (bytes / 0x1_0000);
}
