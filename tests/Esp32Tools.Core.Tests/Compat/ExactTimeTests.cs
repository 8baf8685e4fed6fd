using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Compat;
using Esp32Tools.Link.Transport;
using Xunit;

namespace Esp32Tools.Core.Tests.Compat;

/// <summary>Times below a millisecond, also where .NET Framework would round them.</summary>
public sealed class ExactTimeTests
{
    [Theory]
    [InlineData(0.0004, 4000)]
    [InlineData(0.0000001, 1)]
    [InlineData(1.5, 15_000_000)]
    [InlineData(-0.0004, -4000)]
    public void Time_is_exact_to_100_ns(double seconds, long ticks) => Assert.Equal(ticks, ExactTime.FromSeconds(seconds).Ticks);

    [Fact]
    public void Clock_tells_parts_of_a_millisecond()
    {
        IEnumerable<long> parts = Enumerable.Range(0, 1000).Select(_ => SystemClock.Instance.Now.Ticks % TimeSpan.TicksPerMillisecond);
        Assert.Contains(parts, part => part != 0);
    }
}
