using System.Collections.Generic;

namespace Esp32Tools.Efuse.Plan;

/// <summary>One line of a plan: what happens to a field or block.</summary>
public sealed record EfusePlanStep
{
    /// <summary>Field or block.</summary>
    public required string Name { get; init; }

    /// <summary>Number in hardware of the block it is in.</summary>
    public required int Block { get; init; }

    /// <summary>Name of that block.</summary>
    public required string BlockName { get; init; }

    /// <summary>What changes, in words. Key bytes never show: a length and a fingerprint do.</summary>
    public required string Change { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// In block 0 the bits that go from 0 to 1. In any other block the length of what is written, ones and zeros: how many
    /// ones a key has tells something of the key. 0 when it is so already.
    /// </summary>
    public required int Bits { get; init; }

    /// <summary>
    /// Which bits of block 0 these are, lowest first: bit b is bit b % 32 of word b / 32. Empty for any other block, whose
    /// bits may be a key.
    /// </summary>
    public int[] BitNumbers { get; init; } = [];

    /// <summary>True when it is so already and nothing is burned.</summary>
    public required bool IsDone { get; init; }

    /// <summary>True for protection that can never be lifted again.</summary>
    public bool IsProtection { get; init; }

    /// <summary>When it is burned.</summary>
    public EfuseBurnPhase Phase { get; init; }

    /// <summary>For bits of block 0: which, so that the part of the burn that takes them can be found. Never of a key.</summary>
    internal IReadOnlyList<uint>? Block0Bits { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Change}";
}
