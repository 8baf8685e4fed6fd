using System;
using System.Threading;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Simulator;

/// <summary>The board's time in ticks, counted from 0 when the board was made; it goes on across a change of clock.</summary>
internal sealed class BoardClock
{
    private IClock _clock;
    private long _offset;

    public BoardClock(IClock clock)
    {
        _clock = clock;
        _offset = -clock.Now.Ticks;
    }

    /// <summary>The clock in use.</summary>
    public IClock Source => _clock;

    public long Now => _clock.Now.Ticks + _offset;

    /// <summary>Changes to another clock.</summary>
    public void Use(IClock clock)
    {
        long now = Now;
        _clock = clock;
        _offset = now - clock.Now.Ticks;
    }

    /// <summary>Moves virtual time forward to a time; virtual time stands still while no host is there.</summary>
    /// <returns>False in real time.</returns>
    public bool SkipTo(long time)
    {
        if (_clock is not VirtualClock)
        {
            return false;
        }

        if (time > Now)
        {
            _clock.Delay(TimeSpan.FromTicks(time - Now), CancellationToken.None);
        }

        return true;
    }
}
