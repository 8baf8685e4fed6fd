using System;
using System.Threading;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Simulator;

/// <summary>Virtual time: a wait ends at once, and the time has passed.</summary>
public sealed class VirtualClock : IClock
{
    private long _ticks;

    /// <inheritdoc/>
    public TimeSpan Now => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    /// <inheritdoc/>
    public void Delay(TimeSpan duration, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (duration > TimeSpan.Zero)
        {
            Interlocked.Add(ref _ticks, duration.Ticks);
        }
    }
}
