using System;
using System.Linq;
using Xunit;
using Xunit.Abstractions;

namespace Esp32Tools.Module.Tests;

public sealed class PesterFileTests(PesterSuite suite, ITestOutputHelper output) : IClassFixture<PesterSuite>
{
    public static TheoryData<string> Files => [.. PesterSuite.Files];

    [PesterTheory]
    [MemberData(nameof(Files))]
    public void Suite_passes(string file)
    {
        PesterFileResult result = suite.ResultOf(file);
        output.WriteLine($"{file}: {result.Passed} passed, {result.Failures.Count} failed, {result.Skipped} skipped");
        string failures = string.Join(
            Environment.NewLine + Environment.NewLine,
            result.Failures.Select(failure => $"{failure.Test}{Environment.NewLine}{failure.Message}{Environment.NewLine}{failure.At}"));
        Assert.True(result.Failures.Count == 0, failures);
        Assert.True(result.Passed + result.Skipped > 0, $"{file} has no test.");
    }
}
