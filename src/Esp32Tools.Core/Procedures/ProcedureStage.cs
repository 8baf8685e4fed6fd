namespace Esp32Tools.Procedures;

/// <summary>One stage of a procedure, before it is known what the chip makes of it.</summary>
/// <param name="Name">What it is, in one word; see <see cref="SecurityStep.Name"/>.</param>
/// <param name="Text">What it does, in words, as they stand in the plan.</param>
internal abstract record ProcedureStage(string Name, string Text);
