using System;
using System.Diagnostics;
using System.Threading;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Simulator.Serving;

/// <summary>
/// Passes on the modem lines, which a client sets one at a time. From reset (RTS alone) a chip enters its loader when DTR
/// comes on and RTS goes off; in between both are on, and the reset pin is free. On a cable that takes microseconds, and
/// the capacitor at the pin bridges it. pyserial takes 50 to 100 ms between the two, more on a busy machine, and no
/// capacitor bridges that. So DTR that comes on in reset is held back until the next change shows its purpose, or until
/// that change is overdue.
/// </summary>
internal sealed class LineRelay
{
    private static readonly TimeSpan s_holdLimit = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _held = new();
    private bool _sentDataTerminalReady;
    private bool _sentRequestToSend;

    /// <summary>DTR as the client has set it.</summary>
    internal bool DataTerminalReady { get; private set; }

    /// <summary>RTS as the client has set it.</summary>
    internal bool RequestToSend { get; private set; }

    internal void SetDataTerminalReady(bool asserted, ISerialTransport chip, CancellationToken cancellationToken)
    {
        DataTerminalReady = asserted;
        bool isInReset = _sentRequestToSend && !_sentDataTerminalReady;
        if (isInReset && asserted && RequestToSend)
        {
            _held.Start();
            return;
        }

        Send(chip, cancellationToken);
    }

    internal void SetRequestToSend(bool asserted, ISerialTransport chip, CancellationToken cancellationToken)
    {
        RequestToSend = asserted;
        Send(chip, cancellationToken);
    }

    /// <summary>Passes on a change that was held back long enough.</summary>
    internal void Settle(ISerialTransport chip, CancellationToken cancellationToken)
    {
        if (_held.Elapsed >= s_holdLimit)
        {
            Send(chip, cancellationToken);
        }
    }

    private void Send(ISerialTransport chip, CancellationToken cancellationToken)
    {
        _held.Reset();
        chip.SetModemLines(DataTerminalReady, RequestToSend, cancellationToken);
        _sentDataTerminalReady = DataTerminalReady;
        _sentRequestToSend = RequestToSend;
    }
}
