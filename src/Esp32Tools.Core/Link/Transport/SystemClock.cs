using System;
using System.Diagnostics;
using System.Threading;
using Esp32Tools.Compat;

namespace Esp32Tools.Link.Transport;

/// <summary>Real time, from the system's monotonic counter.</summary>
public sealed class SystemClock : IClock
{
    /// <summary>The one instance.</summary>
    public static SystemClock Instance { get; } = new();

    private SystemClock()
    {
    }

    /// <inheritdoc/>
    public TimeSpan Now => ExactTime.FromSeconds(Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency);

    /// <inheritdoc/>
    public void Delay(TimeSpan duration, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (duration <= TimeSpan.Zero)
        {
            return;
        }

        // Ctrl-C signals the wait handle, so the wait ends at once.
        if (cancellationToken.WaitHandle.WaitOne(duration))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
