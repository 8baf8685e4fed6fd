using System;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Devices;

/// <summary>
/// Restores a session whose connection was lost: the port went away, the chip lost its supply or crashed. Every step is
/// repeated (open, reset, sync, stub, baud rate, flash), and the session continues when the same chip is there.
/// </summary>
public static class DeviceReconnector
{
    // Once a second, as long as a hub or a driver needs to bring a port back (protocol.md, section 9).
    private const int OpenAttempts = 7;
    private static readonly TimeSpan s_openPause = TimeSpan.FromSeconds(1);

    /// <summary>Restores the session.</summary>
    /// <param name="device">The session. After a failure this can be tried again.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="TransportException">The port does not come back.</exception>
    /// <exception cref="LoaderException">Nothing answers, or the answers are not those of a loader.</exception>
    /// <exception cref="ChipException">
    /// <see cref="ErrorCode.ChipMismatch"/>: another chip is there now. <see cref="ErrorCode.FlashNotFound"/>.
    /// </exception>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.SessionClosed"/></exception>
    public static void Reconnect(Esp32Device device, CancellationToken cancellationToken)
    {
        ISerialTransport transport = device.GetTransport();
        string? mac = device.KnownMac;
        Reopen(transport, cancellationToken);

        // The receiver of the messages may be gone since the first connection; where no reset was wanted there is none now.
        ConnectOptions options = device.Options with
        {
            Chip = device.GetChip(),
            Log = null,
            Before = device.Options.Before == ConnectReset.NoResetNoSync ? ConnectReset.NoReset : device.Options.Before,
        };
        Esp32Device connection = DeviceConnector.ConnectAgain(transport, options, cancellationToken);

        // A chip that is in secure download mode now no longer tells its address.
        if (mac is not null && !connection.IsSecureDownloadMode && connection.ReadIdentity(cancellationToken).Mac is string found && found != mac)
        {
            throw new ChipException(
                ErrorCode.ChipMismatch,
                $"The connection to {device.PortName} was lost, and the chip there now ({found}) is not the one from before ({mac}).",
                "Do not change boards during an operation; start again with this one.")
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
