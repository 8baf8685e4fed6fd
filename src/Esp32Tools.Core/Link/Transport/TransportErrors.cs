using System;
using System.Collections.Generic;
using Esp32Tools.Errors;

namespace Esp32Tools.Link.Transport;

/// <summary>The failures of ports, worded once for every kind of port.</summary>
internal static class TransportErrors
{
    internal static TransportException Lost(string portName, string detail, Exception? cause = null) => new(
        ErrorCode.PortLost,
        $"The port {portName} went away while it was in use: {detail}.",
        "Check the cable and the power of the board, then connect again.",
        cause)
    { Target = portName };

    internal static TransportException InUse(string portName, Exception? cause = null) => new(
        ErrorCode.PortInUse,
        $"The port {portName} is in use by another program.",
        "Close the program or session that holds it, such as a serial monitor, and try again.",
        cause)
    { Target = portName };

    internal static TransportException NotFound(string portName, string advice, Exception? cause = null) => new(
        ErrorCode.PortNotFound, $"There is no port {portName}.", advice, cause)
    { Target = portName };

    /// <summary>For another reason of the system: the port may be there, but cannot be opened.</summary>
    internal static TransportException NotOpened(string portName, string advice, Exception cause) => new(
        ErrorCode.PortNotFound, $"The port {portName} cannot be opened: {cause.Message.Trim().TrimEnd('.')}.", advice, cause)
    { Target = portName };

    /// <summary>Advice for a wrong name: the names that exist.</summary>
    internal static string AdvisePorts(IReadOnlyCollection<string> existing) => existing.Count == 0
        ? "No serial port exists now; check that the board is plugged in with a cable that carries data."
        : $"The ports that exist now: {string.Join(", ", existing)}.";

    internal static TransportException AccessDenied(string portName, string advice, Exception? cause = null) => new(
        ErrorCode.PortAccessDenied, $"This user may not open the port {portName}.", advice, cause)
    { Target = portName };

    internal static TransportException NameInvalid(string portName, string reason, string advice, Exception? cause = null) => new(
        ErrorCode.PortNameInvalid, $"'{portName}' cannot be used as a port: {reason}.", advice, cause)
    { Target = portName };

    internal static TransportException Unreachable(string portName, string reason, Exception? cause = null) => new(
        ErrorCode.PortUnreachable,
        $"The server behind {portName} cannot be reached: {reason}.",
        "Check the host name, the port number, and that the server is running and not blocked by a firewall.",
        cause)
    { Target = portName };

    internal static TransportException Unsupported(string portName, string what, string advice, Exception? cause = null) => new(
        ErrorCode.PortUnsupported, $"The port {portName} {what}.", advice, cause)
    { Target = portName };

    internal static TransportException BaudRateUnsupported(string portName, int baudRate, string detail, Exception? cause = null) =>
        Unsupported(
            portName,
            $"cannot do {baudRate} baud: {detail}",
            "Use a baud rate that the adapter supports; 115200, 230400, 460800 and 921600 work on most.",
            cause);

    internal static TransportException WriteTimeout(string portName, TimeSpan limit) => new(
        ErrorCode.PortWriteTimeout,
        $"The port {portName} took no more bytes for {limit.TotalSeconds:0.#} seconds.",
        "Check that flow control is off and that the adapter still answers; unplugging it and plugging it in again resets it.")
    { Target = portName };

    /// <summary>For a port that takes bytes, but hardly any.</summary>
    internal static TransportException WriteTooSlow(string portName, TimeSpan limit) => new(
        ErrorCode.PortWriteTimeout,
        $"The port {portName} did not take the bytes of one write within {limit.TotalSeconds:0.#} seconds.",
        "Look for what holds the bytes up on the way: the server, the network or a lower baud rate behind it.")
    { Target = portName };

    /// <summary>For an other end that sends more than any serial port can.</summary>
    internal static TransportException Flooded(string portName, string detail) => new(
        ErrorCode.PortFlooded,
        $"The port {portName} is flooded: {detail}.",
        "Check that the name is that of the right server, then restart the server and reset the board.")
    { Target = portName };
}
