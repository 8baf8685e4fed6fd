using System;

namespace Esp32Tools.Link.Transport;

/// <summary>
/// A wait with an end, cut into slices of at most 50 ms, between which the waiter checks its cancellation token.
/// Data ends a slice at once, so slicing costs no latency.
/// </summary>
internal readonly struct WaitSlices
{
    private const double SliceMilliseconds = 50;

    private readonly TimeSpan _end;

    internal WaitSlices(TimeSpan timeout)
    {
        TimeSpan now = SystemClock.Instance.Now;
        _end = timeout > TimeSpan.MaxValue - now ? TimeSpan.MaxValue : now + timeout;
    }

    internal bool IsOver => Left <= TimeSpan.Zero;

    /// <summary>Length of the next slice; rounded up, so that the last one does not spin.</summary>
    internal int NextMilliseconds => (int)Math.Ceiling(Math.Max(0, Math.Min(SliceMilliseconds, Left.TotalMilliseconds)));

    private TimeSpan Left => _end - SystemClock.Instance.Now;
}
