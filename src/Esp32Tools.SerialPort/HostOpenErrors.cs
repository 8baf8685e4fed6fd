using System;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.SerialPort;

/// <summary>What an exception of System.IO.Ports means while a port is being opened.</summary>
internal static class HostOpenErrors
{
    internal static TransportException Of(string portName, Exception error) => error switch
    {
        // Windows says "access denied" for a port that another program has open. On other systems everything is wrapped
        // in that, and the reason is inside: an errno.
        UnauthorizedAccessException when SerialPortTransportProvider.IsWindows => TransportErrors.InUse(portName, error),
        UnauthorizedAccessException { InnerException: Exception reason } => OfUnix(portName, reason),
        ArgumentException => NameInvalid(portName),
        _ => TransportErrors.NotFound(portName, AdvisePorts(), error),
    };

    private static TransportException OfUnix(string portName, Exception reason) => reason.HResult switch
    {
        1 or 13 => TransportErrors.AccessDenied(portName, "Give this user the right to read and write it.", reason), // EPERM, EACCES
        11 or 16 or 35 => TransportErrors.InUse(portName, reason), // EAGAIN of Linux, EBUSY, EAGAIN of macOS
        21 or 22 or 25 => NameInvalid(portName), // EISDIR, EINVAL, ENOTTY
        _ => TransportErrors.NotFound(portName, AdvisePorts(), reason),
    };

    private static TransportException NameInvalid(string portName) =>
        TransportErrors.NameInvalid(portName, "it is no serial port", AdvisePorts());

    private static string AdvisePorts() => TransportErrors.AdvisePorts(SerialPortTransportProvider.GetPortNames());
}
