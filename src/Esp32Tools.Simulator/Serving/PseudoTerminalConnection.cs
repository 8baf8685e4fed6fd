using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Simulator.Serving;

/// <summary>A client on a pseudo-terminal: bytes and the baud rate it sets, no modem lines.</summary>
internal sealed class PseudoTerminalConnection : IClientConnection
{
    private readonly PseudoTerminal _terminal;
    private readonly byte[] _incoming = new byte[16 * 1024];
    private int _refusedBaudRate;

    internal PseudoTerminalConnection(PseudoTerminal terminal) => _terminal = terminal;

    public ClientActivity Forward(ISerialTransport chip, CancellationToken cancellationToken)
    {
        int got = _terminal.Receive(_incoming);
        if (got <= 0 && !_terminal.HasClient)
        {
            return ClientActivity.Left;
        }

        FollowBaudRate(chip, cancellationToken);
        if (got <= 0)
        {
            return ClientActivity.None;
        }

        chip.Write(_incoming, 0, got, cancellationToken);
        return ClientActivity.Sent;
    }

    public void Wait(int milliseconds) => _terminal.Wait(milliseconds);

    public void Send(byte[] buffer, int count, CancellationToken cancellationToken) =>
        _terminal.Send(buffer, count, cancellationToken);

    public void Dispose() => _terminal.Reset();

    private void FollowBaudRate(ISerialTransport chip, CancellationToken cancellationToken)
    {
        int baudRate = _terminal.BaudRate;
        if (baudRate == chip.BaudRate || baudRate == _refusedBaudRate || baudRate <= 0)
        {
            return;
        }

        try
        {
            chip.SetBaudRate(baudRate, cancellationToken);
        }
        catch (TransportException refused) when (refused.Code == ErrorCode.PortUnsupported)
        {
            // A terminal cannot report this; the chip then receives the bytes garbled, as at any wrong rate.
            _refusedBaudRate = baudRate;
        }
    }
}
