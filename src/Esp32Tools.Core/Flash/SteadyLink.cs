using System;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;

namespace Esp32Tools.Flash;

/// <summary>
/// Carries the steps of an operation over what may happen to the connection in the middle: finds the loader again after a
/// damaged exchange, and connects again when it is gone. A step that failed runs once more, so it has to know by itself how
/// far it had come.
/// </summary>
internal sealed class SteadyLink(Esp32Device device, int maxReconnects, CancellationToken cancellationToken)
{
    /// <summary>Reconnects of an operation that nobody set a bound for.</summary>
    public const int DefaultReconnects = 3;

    private const int Attempts = 3;

    /// <summary>Times that the connection was made anew.</summary>
    public int Reconnects { get; private set; }

    /// <summary>Steps that were run again.</summary>
    public int Repeats { get; private set; }

    /// <summary>Runs a step.</summary>
    /// <exception cref="Esp32Exception">What the step failed with at last; another chip is there after a reconnect.</exception>
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
                if (error is TransportException || !LoaderRecovery.TryResynchronise(device.Loader, cancellationToken))
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
    /// <exception cref="Esp32Exception">What the step failed with at last; another chip is there after a reconnect.</exception>
    public void Run(Action step) => Run(() =>
    {
        step();
        return true;
    });

    // Which chip it is has to be known before it goes away.
    private void Identify()
    {
        if (maxReconnects > 0 && !device.IsSecureDownloadMode)
        {
            device.ReadIdentity(cancellationToken);
        }
    }

    // A port that takes nothing any more comes to life when it is opened anew, as one does that went away.
    private static bool IsWorthAnother(Esp32Exception error) => error is TransportException
        ? error.Code is ErrorCode.PortLost or ErrorCode.PortWriteTimeout
        : error.IsTransient;

    // What broke first says more than why it could not be mended, unless somebody has changed the board.
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
                // It may come back later: the bound ends this.
                if (error.Code is ErrorCode.PortLost or ErrorCode.PortNotFound)
                {
                    return false;
                }
            }
        }

        return false;
    }
}
