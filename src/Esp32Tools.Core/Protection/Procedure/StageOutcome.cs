namespace Esp32Tools.Protection.Procedure;

/// <summary>Outcome of an action; a failure is an exception.</summary>
/// <param name="Text">Description of the result.</param>
/// <param name="Proof">Proof of the result.</param>
internal sealed record StageOutcome(string Text, SecurityProof Proof)
{
    /// <summary>Status of the step.</summary>
    public SecurityStepStatus Status { get; init; } = SecurityStepStatus.Done;
}
