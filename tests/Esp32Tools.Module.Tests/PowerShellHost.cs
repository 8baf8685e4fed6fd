using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Linq;

namespace Esp32Tools.Module.Tests;

/// <summary>The PowerShell of this machine, and whether it can run the Pester suite.</summary>
internal static class PowerShellHost
{
    private const string Executable = "pwsh";
    private static readonly Version s_oldestPowerShell = new(7, 4);
    private static readonly Version s_oldestPester = new(5, 5);
    private static readonly Lazy<string?> s_whyNot = new(FindWhyNot);

    /// <summary>Why the Pester suite cannot be run here; null when it can.</summary>
    public static string? WhyNot => s_whyNot.Value;

    /// <summary>A process of PowerShell that asks nobody anything and prints plain text.</summary>
    public static ProcessStartInfo Start(params string[] arguments) => new(Executable, ["-NoLogo", "-NoProfile", "-NonInteractive", .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment =
        {
            ["NO_COLOR"] = "1",
            ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
            ["POWERSHELL_UPDATECHECK"] = "Off",
        },
    };

    private static string? FindWhyNot()
    {
        const string Question = "\"$($PSVersionTable.PSVersion)\"; Get-Module Pester -ListAvailable | ForEach-Object { \"$($_.Version)\" }";
        ProcessOutput answer;
        try
        {
            answer = ProcessOutput.Of(Start("-Command", Question), TimeSpan.FromMinutes(2));
        }
        catch (Win32Exception)
        {
            return $"PowerShell {s_oldestPowerShell} or later ({Executable}) is not on PATH.";
        }

        if (answer.ExitCode != 0)
        {
            return $"{Executable} does not run here: {answer.Text.Trim()}";
        }

        // A preview has a dash behind its numbers.
        Version[] versions = [.. answer.Text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(line => Version.Parse(line.Split('-')[0]))];
        Version powerShell = versions[0];
        if (powerShell < s_oldestPowerShell)
        {
            return $"PowerShell {s_oldestPowerShell} or later is needed; {Executable} is {powerShell}.";
        }

        Version? pester = versions.Skip(1).Max();
        return pester >= s_oldestPester
            ? null
            : $"Pester {s_oldestPester} or later is needed; {Executable} has {pester?.ToString() ?? "none"}.";
    }
}
