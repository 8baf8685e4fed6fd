using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Efuse.Burn;

/// <summary>What a burn did.</summary>
public sealed record EfuseBurnResult
{
    /// <summary>Port of the device; null where none is named.</summary>
    public string? PortName { get; init; }

    /// <summary>Name of the chip.</summary>
    public required string Chip { get; init; }

    /// <summary>Every step of the plan and what became of it.</summary>
    public required EfuseBurnStep[] Steps { get; init; }

    /// <summary>What was allowed but is seldom meant.</summary>
    public string[] Warnings { get; init; } = [];

    /// <summary>True when any bit was burned.</summary>
    public bool Changed => Steps.Any(step => step.Burned);

    /// <summary>
    /// True when the chip was read after every step and holds what was asked for. Not so when the burn closed the loader:
    /// nothing can be read back then.
    /// </summary>
    public bool Verified => Steps.All(step => step.Verified);

    /// <inheritdoc/>
    public override string ToString() => $"{Chip}: {Steps.Count(step => step.Burned)} of {Steps.Length} burned";
}
