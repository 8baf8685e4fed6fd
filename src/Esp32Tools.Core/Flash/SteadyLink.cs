using System;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;

namespace Esp32Tools.Flash;

/// <summary>
/// Carries the steps of an operation over disturbances of the connection: finds the loader again after a
/// damaged exchange, and reconnects when it is gone. A failed step runs once more, so it must keep track of its own
/// progress.
/// </summary>
internal sealed class SteadyLink(Esp32Device device, int maxReconnects, CancellationToken cancellationToken)
{
    /// <summary>Maximum number of reconnects of an operation without a limit of its own.</summary>
    public const int DefaultReconnects = 3;

    private const int Attempts = 3;

    /// <summary>Number of reconnects.</summary>
    public int Reconnects { get; private set; }

    /// <summary>Number of steps that were run again.</summary>
    public int Repeats { get; private set; }

    /// <summary>Runs a step.</summary>
    /// <exception cref="Esp32Exception">The last failure of the step; another chip is there after a reconnect.</exception>
    public T Run<T>(Func<T> step)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                Identify();
                return step();
            }
            catch (Esp32Exception error) when (IsWorthAnother(error))
            {
                if (error is TransportException || !LoaderRecovery.TryResynchronise(device.GetLoader(), cancellationToken))
                {
                    if (!TryReconnect())
                    {
                        throw;
                    }

                    attempt = 0;
                }
                else if (attempt >= Attempts)
                {
                    throw;
                }

                Repeats++;
            }
        }
    }

    /// <summary>Runs a step.</summary>
    /// <exception cref="Esp32Exception">The last failure of the step; another chip is there after a reconnect.</exception>
    public void Run(Action step) => Run(() =>
    {
        step();
        return true;
    });

    // The identity of the chip must be known before the connection is lost.
    private void Identify()
    {
        if (maxReconnects > 0 && !device.IsSecureDownloadMode)
        {
            device.ReadIdentity(cancellationToken);
        }
    }

    // A port that takes no more bytes recovers when it is opened again, as does one that went away.
    private static bool IsWorthAnother(Esp32Exception error) => error is TransportException
        ? error.Code is ErrorCode.PortLost or ErrorCode.PortWriteTimeout
        : error.IsTransient;

    // The first failure says more than the failed repair, unless somebody has changed the board.
    private bool TryReconnect()
    {
        while (Reconnects < maxReconnects)
        {
            Reconnects++;
            try
            {
                DeviceReconnector.Reconnect(device, cancellationToken);
                return true;
            }
            catch (Esp32Exception error) when (error.Code != ErrorCode.ChipMismatch)
            {
                // It may come back later: the limit ends this.
                if (error.Code is ErrorCode.PortLost or ErrorCode.PortNotFound)
                {
                    return false;
                }
            }
        }

        return false;
    }
}
