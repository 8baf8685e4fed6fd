using System;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Devices;

/// <summary>
/// Takes a session up again whose connection was lost: the port went away, the chip lost its supply or crashed. Everything
/// is done anew (open, reset, sync, stub, baud rate, flash), and the session goes on when the same chip is there.
/// </summary>
public static class DeviceReconnector
{
    // Once a second, as long as a hub or a driver needs to bring a port back (protocol notes, section 9).
    private const int OpenAttempts = 7;
    private static readonly TimeSpan s_openPause = TimeSpan.FromSeconds(1);

    /// <summary>Takes the session up again.</summary>
    /// <param name="device">The session. After a failure it can be tried again.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="TransportException">The port does not come back.</exception>
    /// <exception cref="LoaderException">Nothing answers, or not as a loader does.</exception>
    /// <exception cref="ChipException">
    /// <see cref="ErrorCode.ChipMismatch"/>: another chip is there now. <see cref="ErrorCode.FlashNotFound"/>.
    /// </exception>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.SessionClosed"/></exception>
    public static void Reconnect(Esp32Device device, CancellationToken cancellationToken)
    {
        ISerialTransport transport = device.Transport;
        string? mac = device.KnownMac;
        Reopen(transport, cancellationToken);

        // What reported on the first connection may be gone since; there is no reset where none was wanted.
        ConnectOptions options = device.Options with
        {
            Chip = device.Chip,
            Log = null,
            Before = device.Options.Before == ConnectReset.NoResetNoSync ? ConnectReset.NoReset : device.Options.Before,
        };
        Esp32Device connection = DeviceConnector.Connect(transport, options, cancellationToken);
        if (mac is not null && connection.ReadIdentity(cancellationToken).Mac is string found && found != mac)
        {
            throw new ChipException(
                ErrorCode.ChipMismatch,
                $"The connection to {device.PortName} was lost, and the chip there now ({found}) is not the one from before ({mac}).",
                "Do not change boards while one is worked on; begin again with this one.")
            { Target = device.PortName };
        }

        device.GoOnWith(connection, cancellationToken);
    }

    private static void Reopen(ISerialTransport transport, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                transport.Reopen(cancellationToken);
                return;
            }
            catch (TransportException) when (attempt < OpenAttempts)
            {
                transport.Clock.Delay(s_openPause, cancellationToken);
            }
        }
    }
}
