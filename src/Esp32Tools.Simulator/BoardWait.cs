using System;
using System.Threading;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Simulator;

/// <summary>
/// Waits for a point in a board's time, with the board's lock held by the caller, and keeps the host's own time. In
/// virtual time a wait ends at once. In real time it ends a little late, as sleeping does, and later on a
/// busy machine: the host's own time does not count that, so that its next bytes go out when they would have gone, and
/// the next wait makes up for the lateness of one. The time the host spends between its calls does count.
/// </summary>
internal sealed class BoardWait
{
    // The server's other thread and Ctrl-C get their turn at least this often.
    private const int SliceMilliseconds = 50;

    private readonly Esp32Simulator _board;
    private readonly IClock _clock;
    private readonly bool _isVirtual;
    private long _hostTime;
    private long _left;
    private int _thread;

    public BoardWait(Esp32Simulator board, IClock clock)
    {
        _board = board;
        _clock = clock;
        _isVirtual = clock is VirtualClock;
    }

    /// <summary>A call of the host begins.</summary>
    /// <returns>The host's time, in ticks; never behind the board's.</returns>
    public long Enter()
    {
        long now = _board.Now;
        int thread = Environment.CurrentManagedThreadId;

        // With one thread for each direction, the time between the calls belongs to no single thread.
        _hostTime = _isVirtual || thread != _thread ? now : Math.Min(now, _hostTime + (now - _left));
        _thread = thread;
        return _hostTime;
    }

    /// <summary>A call of the host ends.</summary>
    /// <param name="reached">The time the call waited for, in ticks; 0 for none.</param>
    public void Leave(long reached)
    {
        _left = _board.Now;
        _hostTime = Math.Max(_hostTime, Math.Min(reached, _left));
    }

    /// <summary>Waits until a time that may move while waiting, and keeps the board going.</summary>
    /// <returns>The time, in ticks.</returns>
    public long Until(Func<long> due, CancellationToken cancellationToken)
    {
        while (_board.Now < due())
        {
            Once(Math.Min(due(), _board.NextEvent), cancellationToken);
            _board.Advance();
        }

        return due();
    }

    /// <summary>Waits until a time, or for a while, or until something changes: the caller looks again.</summary>
    public void Once(long due, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long ticks = due == long.MaxValue ? SliceMilliseconds * TimeSpan.TicksPerMillisecond : due - _board.Now;
        if (_isVirtual)
        {
            _clock.Delay(TimeSpan.FromTicks(ticks), cancellationToken);
        }
        else if (ticks > 0)
        {
            long milliseconds = (ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;
            Monitor.Wait(_board.Gate, (int)Math.Min(milliseconds, SliceMilliseconds));
        }
    }
}
