using System;
using System.Threading;
using Esp32Tools.Devices;

namespace Esp32Tools.Protection.Procedure;

/// <summary>A stage that does something other than burning eFuses, or reports that there is nothing to do.</summary>
/// <param name="Name">Its kind, in one word.</param>
/// <param name="Text">Description of the action.</param>
internal sealed record ActionStage(string Name, string Text) : ProcedureStage(Name, Text)
{
    /// <summary>Runs the action and returns the outcome. Null when there is nothing to do.</summary>
    public Func<Action<OperationProgress>?, CancellationToken, StageOutcome>? Run { get; init; }

    /// <summary>Status when there is nothing to do.</summary>
    public SecurityStepStatus Status { get; init; } = SecurityStepStatus.AlreadySo;

    /// <summary>Proof when there is nothing to do.</summary>
    public SecurityProof Proof { get; init; }
}
