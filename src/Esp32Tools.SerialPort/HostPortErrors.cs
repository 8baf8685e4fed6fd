using System;
using System.IO;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.SerialPort;

/// <summary>Reports an exception of System.IO.Ports in an open port as the loss of the port.</summary>
internal sealed class HostPortErrors(string portName)
{
    internal static bool IsSystemFailure(Exception error) =>
        error is IOException or UnauthorizedAccessException or InvalidOperationException;

    internal TransportException Lost(Exception error) => TransportErrors.Lost(portName, error.Message.Trim().TrimEnd('.'), error);

    /// <exception cref="TransportException"><see cref="ErrorCode.PortLost"/></exception>
    internal T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (IsSystemFailure(error))
        {
            throw Lost(error);
        }
    }

    /// <inheritdoc cref="Guard{T}"/>
    internal void Guard(Action work) => Guard(() =>
    {
        work();
        return true;
    });

    /// <summary>A number of bytes. A port that is gone throws on Windows; elsewhere the number is -1.</summary>
    /// <inheritdoc cref="Guard{T}"/>
    internal int GuardCount(Func<int> count)
    {
        int bytes = Guard(count);
        return bytes >= 0 ? bytes : throw TransportErrors.Lost(portName, "the system no longer knows it");
    }
}
