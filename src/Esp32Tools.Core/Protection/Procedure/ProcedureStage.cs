namespace Esp32Tools.Protection.Procedure;

/// <summary>One stage of a procedure, before it is known what the chip makes of it.</summary>
/// <param name="Name">What it is, in one word; see <see cref="SecurityStep.Name"/>.</param>
/// <param name="Text">What it does, in words.</param>
internal abstract record ProcedureStage(string Name, string Text)
{
    /// <summary>What stands in the plan in place of the text, where that is only true of the run.</summary>
    public string? PlannedText { get; init; }
}
