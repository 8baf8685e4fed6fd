using System;
using System.Diagnostics;
using System.Threading;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Simulator.Serving;

/// <summary>
/// Carries bytes between a client and a chip until one of them is gone. A port belongs to one thread, so one thread serves
/// both directions, and waits for the side that is expected to speak next: for a second after the client's bytes, the chip;
/// else the client. Data from that side wakes it; the other side is late by a millisecond at most. That millisecond also
/// gathers a paced chip's bytes, each of which would be a packet of its own.
/// </summary>
internal sealed class ClientBridge
{
    private const int BusyWait = 1; // milliseconds
    private const int IdleWait = 10;
    private static readonly TimeSpan s_idleAfter = TimeSpan.FromSeconds(1);

    private readonly IClientConnection _client;
    private readonly ISerialTransport _chip;
    private readonly IClientListener _listener;
    private readonly Stopwatch _sinceActivity = Stopwatch.StartNew();
    private readonly byte[] _buffer = new byte[16 * 1024];

    internal ClientBridge(IClientConnection client, ISerialTransport chip, IClientListener listener)
    {
        _client = client;
        _chip = chip;
        _listener = listener;
    }

    internal void Run(CancellationToken cancellationToken)
    {
        bool chipIsNext = false;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool isIdle = _sinceActivity.Elapsed > s_idleAfter;
            int wait = isIdle ? IdleWait : BusyWait;
            chipIsNext &= !isIdle;
            switch (_client.Forward(_chip, cancellationToken))
            {
                case ClientActivity.Left:
                    return;
                case ClientActivity.Sent:
                    chipIsNext = true;
                    _sinceActivity.Restart();
                    break;
            }

            TimeSpan patience = TimeSpan.FromMilliseconds(chipIsNext ? wait : 0);
            int got = _chip.Read(_buffer, 0, _buffer.Length, patience, cancellationToken);
            if (got > 0)
            {
                _client.Send(_buffer, got, cancellationToken);
                chipIsNext = false;
                _sinceActivity.Restart();
            }

            if (!chipIsNext)
            {
                _client.Wait(wait);
            }

            _listener.TurnAwayWaiting();
        }
    }
}
