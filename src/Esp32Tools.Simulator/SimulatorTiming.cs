using System;

namespace Esp32Tools.Simulator;

/// <summary>
/// Gives a virtual board real timing: bytes at the pace of the baud rate, ten bits each, and flash cells as long as
/// the part's data sheet says. Without it everything happens at once.
/// </summary>
public sealed record SimulatorTiming
{
    /// <summary>
    /// The delay of the USB bridge before the host sees bytes: 0 by default; about 1 ms for a CP210x or CH34x, 16 ms for an
    /// FTDI chip with its default setting.
    /// </summary>
    public TimeSpan UsbLatency { get; init; }
}
