using System;
using Xunit;

namespace Esp32Tools.Module.Tests.Pester;

[TestCaseOrderer("Esp32Tools.Module.Tests.Pester.PesterOrder", "Esp32Tools.Module.Tests")]
public sealed class PesterTests
{
    [PesterFact]
    public void Suite_passes(string file, string engine) =>
        throw new InvalidOperationException($"{file} is run by {nameof(PesterTestCase)}, not here ({engine}).");
}
