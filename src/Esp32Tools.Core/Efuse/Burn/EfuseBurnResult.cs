using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Results;

namespace Esp32Tools.Efuse.Burn;

/// <summary>Result of a burn.</summary>
public sealed record EfuseBurnResult
{
    /// <summary>Port of the device; null when none is named.</summary>
    public string? PortName { get; init; }

    /// <summary>Name of the chip.</summary>
    public required string Chip { get; init; }

    /// <summary>Every step of the plan with its outcome.</summary>
    public required ResultList<EfuseBurnStep> Steps { get; init; }

    /// <summary>Warnings: allowed, but rarely intended.</summary>
    public ResultList<string> Warnings { get; init; } = new([]);

    /// <summary>True when any bit was burned.</summary>
    public bool Changed => Steps.Any(step => step.Burned);

    /// <summary>
    /// True when the chip was read after every step and holds the requested values. False when the burn closed the loader,
    /// when older bits stay beside the new ones, or when a key was skipped; <see cref="UnverifiedReason"/> tells.
    /// </summary>
    public bool Verified => Steps.All(step => step.Verified);

    /// <summary>The reasons why <see cref="Verified"/> is false, a sentence each; null when it is true.</summary>
    public string? UnverifiedReason => Verified ? null : string.Join(" ", Steps.Select(step => step.UnverifiedReason).OfType<string>().Distinct());

    /// <summary>
    /// True when a key was left alone because one for its purpose is in the chip already, hidden. It may be another key, so
    /// <see cref="Verified"/> is false.
    /// </summary>
    public bool Skipped => Steps.Any(step => step.IsSkipped);

    /// <inheritdoc/>
    public override string ToString() => $"{Chip}: {Steps.Count(step => step.Burned)} of {Steps.Count} burned";
}
