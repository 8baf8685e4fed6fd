using System;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.SerialPort;

/// <summary>The meaning of an exception of System.IO.Ports while a port is being opened.</summary>
internal static class HostOpenErrors
{
    internal static TransportException Of(string portName, Exception error) => error switch
    {
        // Windows reports "access denied" for a port that another program has open. Other systems wrap every error
        // in that, and the reason is inside: an errno.
        UnauthorizedAccessException when SerialPortTransportProvider.IsWindows => TransportErrors.InUse(portName, error),
        UnauthorizedAccessException { InnerException: Exception reason } => OfUnix(portName, reason),
        ArgumentException => NameInvalid(portName, error),
        _ when IsAbsence(error.HResult) => TransportErrors.NotFound(portName, AdvisePorts(), error),
        _ => TransportErrors.NotOpened(portName, AdvisePorts(), error),
    };

    // ERROR_FILE_NOT_FOUND and ERROR_PATH_NOT_FOUND. .NET Framework reports them with the number of any IOException.
    private static bool IsAbsence(int number) => unchecked((uint)number) is 0x8007_0002 or 0x8007_0003 or 0x8013_1620;

    private static TransportException OfUnix(string portName, Exception reason) => reason.HResult switch
    {
        1 or 13 => TransportErrors.AccessDenied(portName, "Give this user the right to read and write it.", reason), // EPERM, EACCES
        11 or 16 or 35 => TransportErrors.InUse(portName, reason), // EAGAIN of Linux, EBUSY, EAGAIN of macOS
        21 or 22 or 25 => NameInvalid(portName, reason), // EISDIR, EINVAL, ENOTTY
        2 or 5 or 6 or 19 or 20 => TransportErrors.NotFound(portName, AdvisePorts(), reason), // ENOENT, EIO, ENXIO, ENODEV, ENOTDIR
        _ => TransportErrors.NotOpened(portName, AdvisePorts(), reason),
    };

    private static TransportException NameInvalid(string portName, Exception cause) =>
        TransportErrors.NameInvalid(portName, "it is not a serial port", AdvisePorts(), cause);

    private static string AdvisePorts() => TransportErrors.AdvisePorts(SerialPortTransportProvider.GetPortNames());
}
