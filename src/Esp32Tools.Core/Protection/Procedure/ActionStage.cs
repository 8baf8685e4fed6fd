using System;
using System.Threading;
using Esp32Tools.Devices;

namespace Esp32Tools.Protection.Procedure;

/// <summary>A stage that does something other than burn eFuses, or says that there is nothing to do.</summary>
/// <param name="Name">What it is, in one word.</param>
/// <param name="Text">What it does, in words.</param>
internal sealed record ActionStage(string Name, string Text) : ProcedureStage(Name, Text)
{
    /// <summary>Does it, and says how it went. Null where there is nothing to do.</summary>
    public Func<Action<OperationProgress>?, CancellationToken, StageOutcome>? Run { get; init; }

    /// <summary>What there is to say where nothing is done.</summary>
    public SecurityStepStatus Status { get; init; } = SecurityStepStatus.AlreadySo;

    /// <summary>How it is known, where nothing is done.</summary>
    public SecurityProof Proof { get; init; }
}
