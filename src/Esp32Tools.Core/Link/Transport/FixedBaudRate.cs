using System;

namespace Esp32Tools.Link.Transport;

/// <summary>Ports whose baud rate is set at their other end: plain bytes over TCP carry none.</summary>
public static class FixedBaudRate
{
    /// <summary>Says that a baud rate that was asked for has no effect.</summary>
    /// <param name="transport">The open port.</param>
    /// <param name="baudRate">The baud rate.</param>
    /// <returns>A sentence; null where it has an effect, and on a chip's own USB port, which needs none.</returns>
    public static string? Note(ISerialTransport transport, int baudRate) => transport.Traits is { HasBaudRate: false, IsChipUsb: false }
        ? FormattableString.Invariant($"The baud rate of {transport.PortName} is set at its other end and cannot be changed from here: {baudRate} baud has no effect.")
        : null;
}
