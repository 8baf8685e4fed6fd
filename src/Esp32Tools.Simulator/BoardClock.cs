using System;
using System.Threading;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Simulator;

/// <summary>The board's time in ticks: 0 when it was made, and going on from there whatever clock it lives by.</summary>
internal sealed class BoardClock
{
    private IClock _clock;
    private long _offset;

    public BoardClock(IClock clock)
    {
        _clock = clock;
        _offset = -clock.Now.Ticks;
    }

    /// <summary>What it lives by.</summary>
    public IClock Source => _clock;

    public long Now => _clock.Now.Ticks + _offset;

    /// <summary>It lives by another clock from now on.</summary>
    public void Use(IClock clock)
    {
        long now = Now;
        _clock = clock;
        _offset = now - clock.Now.Ticks;
    }

    /// <summary>In virtual time nothing passes while nobody is there: it goes on to a time by itself.</summary>
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
