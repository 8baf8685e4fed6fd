using System;
using System.Globalization;

namespace Esp32Tools.Benchmarks;

/// <summary>One line of the table: what was measured, against what it may be.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Value">What it took.</param>
/// <param name="Bound">What it cannot be better than, or what it may take at most.</param>
/// <param name="MaxRatio">Highest ratio of the two that is good enough, such as 1.03.</param>
/// <param name="Unit">Unit of both.</param>
internal sealed record Measurement(string Name, double Value, double Bound, double MaxRatio, string Unit = "s")
{
    /// <summary>A measured time.</summary>
    public Measurement(string name, TimeSpan taken, TimeSpan bound, double maxRatio)
        : this(name, taken.TotalSeconds, bound.TotalSeconds, maxRatio)
    {
    }

    /// <summary>True when the ratio is good enough.</summary>
    public bool IsGood => Ratio <= MaxRatio;

    private double Ratio => Value / Bound;

    /// <inheritdoc/>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture,
        "{0,-52} {1,10:0.000} {2,-2} {3,10:0.000} {2,-2} {4,8:0.000} {5,8:0.000}  {6}",
        Name,
        Value,
        Unit,
        Bound,
        Ratio,
        MaxRatio,
        IsGood ? "good" : "TOO MUCH");
}
