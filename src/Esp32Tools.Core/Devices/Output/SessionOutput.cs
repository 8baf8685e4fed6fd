using System.Collections.Generic;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Devices.Output;

/// <summary>Watches the application of a session's chip, and takes the chip back into the loader, so that the session goes on.</summary>
public static class SessionOutput
{
    /// <summary>
    /// Restarts the chip into its application and returns its lines as they arrive. At the end of the enumeration, also after a
    /// failure, the chip is reset into the loader and the session can be used as before. The session is over where that fails and
    /// where the watch is cancelled.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="options">Options of the watch; the chip is restarted in any case.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <exception cref="OutputException">As <see cref="OutputWatcher.Watch(string, OutputOptions, CancellationToken)"/>.</exception>
    /// <exception cref="Esp32Exception">
    /// <see cref="ErrorCode.SessionClosed"/>; <see cref="ErrorCode.PortUnsupported"/>: the port has no modem lines; and what
    /// <see cref="DeviceReconnector.Reconnect"/> gives.
    /// </exception>
    public static IEnumerable<Esp32OutputLine> Watch(Esp32Device session, OutputOptions options, CancellationToken cancellationToken)
    {
        ISerialTransport transport = session.GetTransport();
        DeviceRestart.RequireModemLines(transport);
        bool isDone = false;
        try
        {
            OutputWatcher.Prepare(transport, options with { Reset = true }, cancellationToken);
            foreach (Esp32OutputLine line in OutputWatcher.Watch(transport, [], options, cancellationToken))
            {
                yield return line;
            }

            isDone = true;
        }
        finally
        {
            BackIntoLoader(session, isDone, cancellationToken);
        }
    }

    private static void BackIntoLoader(Esp32Device session, bool isDone, CancellationToken cancellationToken)
    {
        bool isBack = false;
        try
        {
            DeviceReconnector.Reconnect(session, cancellationToken);
            isBack = true;
        }
        catch (Esp32Exception) when (!isDone)
        {
            // The failure that led here says more, and the session knows that it is over.
        }
        finally
        {
            if (!isBack)
            {
                session.Dispose();
            }
        }
    }
}
