namespace Esp32Tools.Efuse.Burn;

/// <summary>Outcome of one step of a plan.</summary>
public sealed record EfuseBurnStep
{
    /// <summary>Field or block.</summary>
    public required string Name { get; init; }

    /// <summary>Hardware number of its block.</summary>
    public required int Block { get; init; }

    /// <summary>Name of its block.</summary>
    public required string BlockName { get; init; }

    /// <summary>Description of the change; never key bytes.</summary>
    public required string Change { get; init; }

    /// <summary>True when bits were burned; false when they were already set.</summary>
    public required bool Burned { get; init; }

    /// <summary>True when the chip was read afterwards and holds the requested values. False for a skipped key.</summary>
    public required bool Verified { get; init; }

    /// <summary>The reason why <see cref="Verified"/> is false; null when it is true.</summary>
    public string? UnverifiedReason { get; init; }

    /// <summary>True for irreversible protection.</summary>
    public bool IsProtection { get; init; }

    /// <summary>True for a key that was there already and hidden: it was not compared, and its fingerprint is unknown.</summary>
    public bool IsSkipped { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Change}";
}
