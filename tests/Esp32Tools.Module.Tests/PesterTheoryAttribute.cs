using Xunit;

namespace Esp32Tools.Module.Tests;

/// <summary>A test for each Pester file; skipped, with the reason, where there is no PowerShell to run them.</summary>
internal sealed class PesterTheoryAttribute : TheoryAttribute
{
    public PesterTheoryAttribute()
    {
        Skip = PowerShellHost.WhyNot;
        if (Skip is not null)
        {
            // What a test run prints about a skipped test is its name alone.
            DisplayName = $"The Pester suite: {Skip}";
        }
    }
}
