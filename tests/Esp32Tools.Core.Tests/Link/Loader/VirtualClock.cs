using System;
using System.Threading;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Core.Tests.Link.Loader;

/// <summary>A time in which waits cost nothing.</summary>
internal sealed class VirtualClock(Action beforeWait) : IClock
{
    public TimeSpan Now { get; private set; }

    public void Delay(TimeSpan duration, CancellationToken cancellationToken)
    {
        beforeWait();
        cancellationToken.ThrowIfCancellationRequested();
        Advance(duration);
    }

    public void Advance(TimeSpan duration)
    {
        if (duration > TimeSpan.Zero)
        {
            Now += duration;
        }
    }
}
