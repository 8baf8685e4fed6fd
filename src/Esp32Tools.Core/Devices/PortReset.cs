using System;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Reset;
using Esp32Tools.Transport;

namespace Esp32Tools.Devices;

/// <summary>Runs a reset on a port that may go away in the middle, as a chip's own USB port does.</summary>
internal static class PortReset
{
    private const int Tries = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    public static void Run(ResetSequence sequence, ISerialTransport transport, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                if (attempt > 1)
                {
                    transport.Clock.Delay(Pause, cancellationToken);
                    transport.Reopen(cancellationToken);
                }

                sequence.Run(transport, cancellationToken);
                return;
            }
            catch (TransportException error) when (GoesAway(error) && transport.Traits.IsUsbSerialJtag && attempt < Tries)
            {
                // It comes back as soon as the system has found it again.
            }
        }
    }

    // Lost while it was open, or not there yet (or not ours yet) when it is to be opened again.
    private static bool GoesAway(TransportException error) =>
        error.Code is ErrorCode.PortLost or ErrorCode.PortNotFound or ErrorCode.PortAccessDenied;
}
