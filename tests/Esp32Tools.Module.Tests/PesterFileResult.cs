using System.Collections.Generic;

namespace Esp32Tools.Module.Tests;

/// <summary>What came of one Pester file, as RunPester.ps1 writes it.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Passed">Tests that passed.</param>
/// <param name="Skipped">Tests that did not run.</param>
/// <param name="Failures">Everything that went wrong, set-up included.</param>
internal sealed record PesterFileResult(string File, int Passed, int Skipped, IReadOnlyList<PesterFailure> Failures);
