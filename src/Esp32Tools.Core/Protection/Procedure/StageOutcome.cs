namespace Esp32Tools.Protection.Procedure;

/// <summary>How an action went; a failure is an exception.</summary>
/// <param name="Text">What was done, in words.</param>
/// <param name="Proof">How it is known that it is so.</param>
internal sealed record StageOutcome(string Text, SecurityProof Proof)
{
    /// <summary>What became of it.</summary>
    public SecurityStepStatus Status { get; init; } = SecurityStepStatus.Done;
}
