using System;

namespace Esp32Tools.Compat;

/// <summary>Spans of time as short as they are; <see cref="TimeSpan.FromSeconds(double)"/> of .NET Framework rounds to whole milliseconds.</summary>
internal static class ExactTime
{
    /// <summary>A span of so many seconds, to 100 ns.</summary>
    public static TimeSpan FromSeconds(double seconds) => TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
}
