using System.Collections.Generic;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Efuse.Plan;

/// <summary>One line of a plan: the change of a field or block.</summary>
public sealed record EfusePlanStep
{
    /// <summary>Field or block.</summary>
    public required string Name { get; init; }

    /// <summary>Hardware number of its block.</summary>
    public required int Block { get; init; }

    /// <summary>Name of its block.</summary>
    public required string BlockName { get; init; }

    /// <summary>Description of the change. It shows the length and fingerprint of a key, never its bytes.</summary>
    public required string Change { get; init; }

    /// <summary>Reason for the change.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// Number of bits: in block 0, those that go from 0 to 1; in any other block, all bits written, ones and zeros, because the
    /// number of ones would reveal something about a key. 0 when already in effect.
    /// </summary>
    public required int Bits { get; init; }

    /// <summary>
    /// The bits of block 0, lowest first, as in <c>3, 17</c>: bit b is bit b % 32 of word b / 32. Empty for any other block, whose
    /// bits may be a key.
    /// </summary>
    public string BitNumbers => string.Join(", ", Numbers);

    /// <summary>True when already in effect: nothing is burned.</summary>
    public required bool IsDone { get; init; }

    /// <summary>
    /// True when the chip holds bits of this field or data that the request lacks: they stay, and the result is neither the one
    /// nor the other. Happens only where that refusal was lifted.
    /// </summary>
    public bool IsMixed { get; init; }

    /// <summary>True for irreversible protection.</summary>
    public bool IsProtection { get; init; }

    /// <summary>True for a key that is there already and hidden: it was not compared, and its fingerprint is unknown.</summary>
    public bool IsSkipped { get; init; }

    /// <summary>Phase in which it is burned: the name of an <see cref="EfuseBurnPhase"/>.</summary>
    public string Phase => BurnPhase.ToString();

    /// <summary>Phase in which it is burned.</summary>
    public EfuseBurnPhase GetPhase() => BurnPhase;

    /// <summary>The bits of block 0 as numbers, lowest first.</summary>
    public IReadOnlyList<int> GetBitNumbers() => Numbers;

    internal EfuseBurnPhase BurnPhase { get; init; }

    internal IReadOnlyList<int> Numbers { get; init; } = [];

    /// <summary>For block 0, the bits, to find the part of the burn that includes them. Never bits of a key.</summary>
    internal IReadOnlyList<uint>? Block0Bits { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Change}";
}
