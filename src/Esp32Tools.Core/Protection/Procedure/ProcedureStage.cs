namespace Esp32Tools.Protection.Procedure;

/// <summary>One stage of a procedure, before its outcome is known.</summary>
/// <param name="Name">Its kind, in one word; see <see cref="SecurityStep.Name"/>.</param>
/// <param name="Text">Description of the action.</param>
internal abstract record ProcedureStage(string Name, string Text)
{
    /// <summary>Text for the plan, when the other text applies only to the run.</summary>
    public string? PlannedText { get; init; }
}
