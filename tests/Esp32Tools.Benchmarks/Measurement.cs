using System;
using System.Globalization;

namespace Esp32Tools.Benchmarks;

/// <summary>One line of the table: what was measured, against what it may take.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Taken">What it took.</param>
/// <param name="Bound">What it cannot be faster than, or what it may take at most.</param>
/// <param name="MaxRatio">Highest ratio of the two that is good enough, such as 1.03.</param>
internal sealed record Measurement(string Name, TimeSpan Taken, TimeSpan Bound, double MaxRatio)
{
    /// <summary>Taken time by bound.</summary>
    public double Ratio => Taken.TotalSeconds / Bound.TotalSeconds;

    /// <summary>True when the ratio is good enough.</summary>
    public bool IsGood => Ratio <= MaxRatio;

    /// <inheritdoc/>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture,
        "{0,-52} {1,10:0.000} s {2,10:0.000} s {3,8:0.000} {4,8:0.000}  {5}",
        Name,
        Taken.TotalSeconds,
        Bound.TotalSeconds,
        Ratio,
        MaxRatio,
        IsGood ? "good" : "TOO SLOW");
}
