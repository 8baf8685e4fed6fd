using Esp32Tools.Efuse.Plan;

namespace Esp32Tools.Protection.Procedure;

/// <summary>One step of a security procedure on one device: planned, or as it happened.</summary>
public sealed record SecurityStep
{
    /// <summary>Port of the device.</summary>
    public required string PortName { get; init; }

    /// <summary>Name of the chip.</summary>
    public required string Chip { get; init; }

    /// <summary>Its place in the procedure, from 1 on.</summary>
    public required int Number { get; init; }

    /// <summary>What it is, in one word: Check, Save, Key, Prove, Write, Verify, Enable, Lock, Close.</summary>
    public required string Name { get; init; }

    /// <summary>What became of it.</summary>
    public required SecurityStepStatus Status { get; init; }

    /// <summary>What it is, or was, in words. Never key bytes.</summary>
    public required string Text { get; init; }

    /// <summary>The eFuses that it burns or burned, line by line; what was so already is among them. Empty for none.</summary>
    public EfusePlanStep[] Efuses { get; init; } = [];

    /// <summary>How it is known that it is so.</summary>
    public SecurityProof Proof { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Number} {Name}: {Status}, {Text}";
}
