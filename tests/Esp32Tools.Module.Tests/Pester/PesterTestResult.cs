namespace Esp32Tools.Module.Tests.Pester;

/// <summary>What came of one Pester test, as RunPester.ps1 writes it.</summary>
/// <param name="Name">Name of the test with those of the blocks around it.</param>
/// <param name="Outcome">Passed, Failed or Skipped.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Message">Why it failed, or why it was skipped.</param>
/// <param name="At">Where it failed.</param>
internal sealed record PesterTestResult(string Name, string Outcome, double Seconds, string Message, string At);
