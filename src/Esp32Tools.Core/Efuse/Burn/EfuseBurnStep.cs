namespace Esp32Tools.Efuse.Burn;

/// <summary>What became of one step of a plan.</summary>
public sealed record EfuseBurnStep
{
    /// <summary>Field or block.</summary>
    public required string Name { get; init; }

    /// <summary>Number in hardware of the block it is in.</summary>
    public required int Block { get; init; }

    /// <summary>Name of that block.</summary>
    public required string BlockName { get; init; }

    /// <summary>What changed, in words; never key bytes.</summary>
    public required string Change { get; init; }

    /// <summary>True when bits were burned; false when it was so already.</summary>
    public required bool Burned { get; init; }

    /// <summary>True when the chip was read after it and holds what was asked for.</summary>
    public required bool Verified { get; init; }

    /// <summary>True for protection that can never be lifted again.</summary>
    public bool IsProtection { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Change}";
}
