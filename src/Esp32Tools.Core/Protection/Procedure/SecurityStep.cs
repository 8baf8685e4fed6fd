using Esp32Tools.Efuse.Plan;
using Esp32Tools.Results;

namespace Esp32Tools.Protection.Procedure;

/// <summary>One step of a security procedure on one device: planned, or as it happened.</summary>
public sealed record SecurityStep
{
    /// <summary>Port of the device.</summary>
    public required string PortName { get; init; }

    /// <summary>Name of the chip.</summary>
    public required string Chip { get; init; }

    /// <summary>Its position in the procedure, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Its kind, in one word: Check, Save, Key, Prove, Write, Verify, Enable, Lock, Close.</summary>
    public required string Name { get; init; }

    /// <summary>Status of the step.</summary>
    public required string Status { get; init; }

    /// <summary>Description of the step. Never key bytes.</summary>
    public required string Text { get; init; }

    /// <summary>The eFuses that it burns or burned, line by line, including those already in effect. Empty for none.</summary>
    public ResultList<EfusePlanStep> Efuses { get; init; } = new([]);

    /// <summary>Proof of the step.</summary>
    public string Proof { get; init; } = nameof(SecurityProof.None);

    /// <inheritdoc/>
    public override string ToString() => $"{Number} {Name}: {Status}, {Text}";
}
