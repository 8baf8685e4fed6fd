using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Esp32Tools.Tests.Shared;

namespace Esp32Tools.Module.Tests.Engine;

/// <summary>A PowerShell that runs the Pester suite.</summary>
/// <param name="Name">What a test's name says of it; empty for the one that the build restores.</param>
/// <param name="Command">The program, and the arguments that come before PowerShell's own.</param>
internal sealed record PowerShellEngine(string Name, IReadOnlyList<string> Command)
{
    /// <summary>Names a PowerShell that runs the suite as well.</summary>
    public const string Variable = "ESP32TOOLS_PWSH";

    // Names of a user's folders. Without them PowerShell keeps to HOME.
    private static readonly string[] s_userFolders = ["XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "PSModulePath"];

    // Written by Engine.proj: dotnet, pwsh.dll and Pester.psd1, or why there are none.
    private static readonly string[] s_restored = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "engine.txt"));

    /// <summary>Why the build could not restore PowerShell and Pester; null when it did.</summary>
    public static string? WhyNot { get; } = FindWhyNot();

    /// <summary>The manifest of the Pester that every PowerShell uses.</summary>
    public static string Pester => s_restored[^1];

    /// <summary>The restored PowerShell, and the one of <see cref="Variable"/>.</summary>
    public static IReadOnlyList<PowerShellEngine> All { get; } = [.. FindAll()];

    /// <summary>A process of it that asks nobody anything, prints plain text, and sees nothing of the user's.</summary>
    public ProcessStartInfo Start(params string[] arguments)
    {
        string home = SharedFiles.InRepository("tests", "Esp32Tools.Module.Tests", "obj", "home");
        Directory.CreateDirectory(home);
        ProcessStartInfo start = new(Command[0], [.. Command.Skip(1), "-NoLogo", "-NoProfile", "-NonInteractive", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["HOME"] = home,
                ["NO_COLOR"] = "1",
                ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
                ["POWERSHELL_UPDATECHECK"] = "Off",
            },
        };
        foreach (string variable in s_userFolders)
        {
            start.Environment.Remove(variable);
        }

        return start;
    }

    private static string? FindWhyNot() =>
        s_restored.Length == 1 ? s_restored[0]
        : s_restored.Skip(1).FirstOrDefault(path => !File.Exists(path)) is string missing ? $"{missing} is gone since the build."
        : null;

    private static IEnumerable<PowerShellEngine> FindAll()
    {
        yield return new PowerShellEngine("", [.. s_restored.SkipLast(1)]);
        string? asked = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(asked))
        {
            yield return new PowerShellEngine(asked, [asked]);
        }
    }
}
