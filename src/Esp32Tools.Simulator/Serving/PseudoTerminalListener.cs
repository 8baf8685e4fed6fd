using System.Threading;

namespace Esp32Tools.Simulator.Serving;

/// <summary>Clients that open a pseudo-terminal.</summary>
internal sealed class PseudoTerminalListener : IClientListener
{
    private const int LookEvery = 10; // milliseconds

    private readonly PseudoTerminal _terminal = new();

    public string PortName => _terminal.Path;

    public IClientConnection Accept(CancellationToken cancellationToken)
    {
        while (!_terminal.HasClient)
        {
            cancellationToken.ThrowIfCancellationRequested();
            cancellationToken.WaitHandle.WaitOne(LookEvery);
        }

        return new PseudoTerminalConnection(_terminal);
    }

    // The system turns a second opener away.
    public void TurnAwayWaiting()
    {
    }

    public void Dispose() => _terminal.Dispose();
}
