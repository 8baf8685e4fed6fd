using System;

namespace Esp32Tools.Compat;

/// <summary>Exact time spans; <see cref="TimeSpan.FromSeconds(double)"/> of .NET Framework rounds to whole milliseconds.</summary>
internal static class ExactTime
{
    /// <summary>A span of a number of seconds, to 100 ns.</summary>
    public static TimeSpan FromSeconds(double seconds) => TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
}
