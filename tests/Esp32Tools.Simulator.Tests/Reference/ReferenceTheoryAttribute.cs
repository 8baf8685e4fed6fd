using System;
using System.Runtime.CompilerServices;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Reference;

/// <summary>A theory that needs the vendor's programs on PATH. Their version is 5.3.1; other ones from 5.0 on have the same commands.</summary>
public sealed class ReferenceTheoryAttribute : TheoryAttribute
{
    public ReferenceTheoryAttribute([CallerMemberName] string test = "")
    {
        if (WhyNot() is { } reason)
        {
            Skip = reason;

            // The name alone is printed of a skipped test.
            DisplayName = $"{test}: {reason}";
        }
    }

    private static string? WhyNot()
    {
        foreach (string program in (string[])["esptool", "espefuse"])
        {
            if (ReferenceTool.VersionOf(program) is null)
            {
                return $"{program} is not on PATH.";
            }
        }

        string version = ReferenceTool.VersionOf("esptool")!;
        return version.StartsWith("5.", StringComparison.Ordinal) ? null : $"The esptool on PATH is of version {version}, and its commands are not those of version 5.";
    }
}
