using System;
using System.Threading;
using Esp32Tools.Transport;

namespace Esp32Tools.Simulator;

/// <summary>
/// Waits for a point in a board's time, with the board's lock held by the caller. In virtual time the wait is over at
/// once. In real time it sleeps for all but the last bit and spins for that: a sleep alone comes up to a millisecond
/// late, which at 2 Mbaud is two hundred bytes.
/// </summary>
internal sealed class BoardWait
{
    // The other thread of a server, and Ctrl-C, get their turn at least this often.
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Spin = TimeSpan.FromMilliseconds(2);

    private readonly VirtualBoard _board;
    private readonly IClock _clock;
    private readonly bool _isVirtual;

    public BoardWait(VirtualBoard board, IClock clock)
    {
        _board = board;
        _clock = clock;
        _isVirtual = clock is VirtualClock;
    }

    /// <summary>Waits until a time that may move while waiting, and keeps the board going.</summary>
    public void Until(Func<long> due, CancellationToken cancellationToken)
    {
        while (_board.Now < due())
        {
            Once(Math.Min(due(), _board.NextEvent), cancellationToken);
            _board.Advance();
        }
    }

    /// <summary>Waits until a time, or for a while, or until something changes: the caller looks again.</summary>
    public void Once(long due, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long now = _board.Now;
        TimeSpan rest = TimeSpan.FromTicks(Math.Max(0, due == long.MaxValue ? Slice.Ticks : due - now));
        if (_isVirtual)
        {
            _clock.Delay(rest, cancellationToken);
        }
        else if (rest > Spin)
        {
            TimeSpan sleep = rest - Spin;
            Monitor.Wait(_board.Gate, sleep < Slice ? sleep : Slice);
        }
        else
        {
            Monitor.Exit(_board.Gate);
            try
            {
                Thread.SpinWait(50);
            }
            finally
            {
                Monitor.Enter(_board.Gate);
            }
        }
    }
}
