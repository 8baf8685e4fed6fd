using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Devices;

/// <summary>Restarts a chip and frees its port. A session is over afterwards: its loader is gone.</summary>
public static class DeviceRestart
{
    /// <summary>Restarts the chip into its application by the modem lines; does not check whether one starts.</summary>
    /// <exception cref="TransportException">
    /// <see cref="ErrorCode.PortUnsupported"/>: the port has no modem lines. The port cannot be opened or was lost.
    /// </exception>
    public static void IntoApplication(string portName, CancellationToken cancellationToken)
    {
        using ISerialTransport transport = TransportCatalog.Open(portName, cancellationToken);
        IntoApplication(transport, cancellationToken);
    }

    /// <summary>Restarts the chip of a session into its application, and ends the session.</summary>
    /// <exception cref="Esp32Exception">
    /// <see cref="ErrorCode.PortUnsupported"/>: the port has no modem lines; the session goes on. <see cref="ErrorCode.SessionClosed"/>.
    /// </exception>
    public static void IntoApplication(Esp32Device session, CancellationToken cancellationToken)
    {
        RequireModemLines(session.GetTransport());
        session.Close(LeaveMode.HardReset, cancellationToken);
    }

    /// <summary>Restarts the chip into the loader of its ROM, makes sure that it answers, and leaves it there.</summary>
    /// <exception cref="Esp32Exception">As <see cref="DeviceConnector.Connect(string, ConnectOptions, CancellationToken)"/>.</exception>
    public static void IntoLoader(string portName, CancellationToken cancellationToken, IFrameTrace? trace = null)
    {
        var options = new ConnectOptions { UseStub = false, BaudRate = ConnectOptions.InitialBaudRate, Trace = trace };
        DeviceConnector.Connect(portName, options, cancellationToken).Close(LeaveMode.NoReset, cancellationToken);
    }

    /// <summary>Restarts the chip of a session into the loader of its ROM, and ends the session.</summary>
    /// <exception cref="Esp32Exception">
    /// As <see cref="IntoLoader(string, CancellationToken, IFrameTrace)"/>. <see cref="ErrorCode.SessionClosed"/>.
    /// </exception>
    public static void IntoLoader(Esp32Device session, CancellationToken cancellationToken, IFrameTrace? trace = null)
    {
        RequireModemLines(session.GetTransport());
        session.Close(LeaveMode.NoReset, cancellationToken);
        IntoLoader(session.PortName, cancellationToken, trace);
    }

    internal static void IntoApplication(ISerialTransport transport, CancellationToken cancellationToken)
    {
        RequireModemLines(transport);
        DeviceExit.HardReset(transport, cancellationToken);
    }

    internal static void RequireModemLines(ISerialTransport transport)
    {
        if (!transport.Traits.HasModemLines)
        {
            throw new TransportException(
                ErrorCode.PortUnsupported,
                $"{transport.PortName} carries no modem lines: the chip cannot be reset from here.",
                "Use a port with modem lines (a serial port, or a server that speaks RFC 2217), or reset the chip by hand.")
            { Target = transport.PortName };
        }
    }
}
