using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Reset;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Devices;

/// <summary>Runs a reset on a port that may go away during the reset, as a chip's own USB port does.</summary>
internal static class PortReset
{
    private const int Tries = 3;

    public static void Run(ResetSequence sequence, ISerialTransport transport, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                sequence.Run(transport, cancellationToken);
                return;
            }
            catch (TransportException error) when (PortReturn.GoesAway(transport, error) && attempt < Tries)
            {
                PortReturn.Await(transport, cancellationToken);
            }
        }
    }
}
