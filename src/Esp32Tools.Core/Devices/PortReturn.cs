using System;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Devices;

/// <summary>Ports that a chip provides itself: they go away in a reset, and come back a little later.</summary>
internal static class PortReturn
{
    // The system finds a chip again within a second or two; a hub in between may need longer.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// True when an error means that such a port is away: lost while it was open, or not there yet (or not yet accessible)
    /// when it is to be opened again.
    /// </summary>
    public static bool GoesAway(ISerialTransport transport, TransportException error) =>
        transport.Traits.IsChipUsb && error.Code is ErrorCode.PortLost or ErrorCode.PortNotFound or ErrorCode.PortAccessDenied;

    /// <summary>Opens the port again as soon as it is back.</summary>
    /// <exception cref="TransportException">It did not come back.</exception>
    public static void Await(ISerialTransport transport, CancellationToken cancellationToken)
    {
        TimeSpan deadline = transport.Clock.Now + s_limit;
        while (true)
        {
            transport.Clock.Delay(s_pause, cancellationToken);
            try
            {
                transport.Reopen(cancellationToken);
                return;
            }
            catch (TransportException error) when (GoesAway(transport, error) && transport.Clock.Now < deadline)
            {
                // Not yet.
            }
        }
    }

    /// <summary>
    /// After a reset into the application: waits for the port if it went away, so that the next user finds it. An
    /// application without USB never brings it back, which is no failure.
    /// </summary>
    public static void Settle(ISerialTransport transport, CancellationToken cancellationToken)
    {
        if (!transport.Traits.IsChipUsb)
        {
            return;
        }

        try
        {
            // Shows whether the port is there, without taking output of the application.
            transport.SetModemLines(false, false, cancellationToken);
        }
        catch (TransportException error) when (GoesAway(transport, error))
        {
            TryAwait(transport, cancellationToken);
        }
    }

    private static void TryAwait(ISerialTransport transport, CancellationToken cancellationToken)
    {
        try
        {
            Await(transport, cancellationToken);
        }
        catch (TransportException error) when (GoesAway(transport, error))
        {
            // The chip has no port any more.
        }
    }
}
