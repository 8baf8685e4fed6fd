using System.Collections.Generic;

namespace Esp32Tools.Module.Tests.Pester;

/// <summary>What came of one Pester file, as RunPester.ps1 writes it.</summary>
/// <param name="Seconds">How long the file took, set-up included.</param>
/// <param name="Tests">Its tests. A failure outside of them counts as one more.</param>
internal sealed record PesterFileResult(double Seconds, IReadOnlyList<PesterTestResult> Tests);
