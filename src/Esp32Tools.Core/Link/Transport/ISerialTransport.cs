using System;
using System.Threading;
using Esp32Tools.Errors;

namespace Esp32Tools.Link.Transport;

/// <summary>
/// An open port: bytes both ways and the two modem lines that reset a chip. Not thread safe: one session, one thread.
/// A wait inside any call ends within 100 ms when the token is cancelled. A port that goes away is reported as a
/// <see cref="TransportException"/> with <see cref="ErrorCode.PortLost"/> that names the port, never as a hang.
/// </summary>
public interface ISerialTransport : IDisposable
{
    /// <summary>The name the port was opened by, such as <c>/dev/ttyUSB0</c> or <c>socket://10.0.0.7:4000</c>.</summary>
    string PortName { get; }

    /// <summary>The properties of the port.</summary>
    TransportTraits Traits { get; }

    /// <summary>The clock of this port; every wait of the layers above goes through it.</summary>
    IClock Clock { get; }

    /// <summary>The baud rate in use. On a port without one (raw socket) it is remembered and has no effect.</summary>
    int BaudRate { get; }

    /// <summary>
    /// Changes the baud rate. Everything written before has left at the old rate.
    /// </summary>
    /// <exception cref="TransportException"><see cref="ErrorCode.PortUnsupported"/>: the port cannot do this rate.</exception>
    void SetBaudRate(int baudRate, CancellationToken cancellationToken);

    /// <summary>
    /// Sets both modem lines in one step; true is asserted (the pin is electrically low). DTR asserted pulls the boot
    /// pin, RTS asserted the reset pin, on the usual two-transistor circuit. Ports without lines ignore it.
    /// </summary>
    void SetModemLines(bool dataTerminalReady, bool requestToSend, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the bytes that are there, waiting up to <paramref name="timeout"/> for the first byte.
    /// </summary>
    /// <returns>The number of bytes read, 1 to <paramref name="count"/>; 0 when the time passed without one.</returns>
    int Read(byte[] buffer, int offset, int count, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>Writes all the bytes; returns when the system has taken them.</summary>
    /// <exception cref="TransportException"><see cref="ErrorCode.PortWriteTimeout"/>: not taken within ten seconds.</exception>
    void Write(byte[] buffer, int offset, int count, CancellationToken cancellationToken);

    /// <summary>Discards the unread input.</summary>
    /// <exception cref="TransportException"><see cref="ErrorCode.PortFlooded"/>: more arrives all the time.</exception>
    void DiscardInput(CancellationToken cancellationToken);

    /// <summary>
    /// Closes the port and opens it again under the same name, baud rate and (released) lines; used when a chip's own
    /// USB port goes away in a reset.
    /// </summary>
    void Reopen(CancellationToken cancellationToken);
}
