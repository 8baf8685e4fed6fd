using System;
using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Esp32Tools.Simulator.Tests.Reference;

/// <summary>A program of the vendor, where it is on PATH.</summary>
internal static class ReferenceTool
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);
    private static readonly ConcurrentDictionary<string, string?> s_versions = new();

    /// <summary>The version on PATH, such as <c>5.3.1</c>; null for none.</summary>
    public static string? VersionOf(string program) => s_versions.GetOrAdd(program, Ask);

    /// <summary>Runs a program.</summary>
    /// <returns>Its exit code, and all that it printed.</returns>
    public static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(PathOf(program) ?? program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

        // No colours, and no terminal to be narrow.
        start.Environment["NO_COLOR"] = "1";
        start.Environment["COLUMNS"] = "200";
        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        System.Threading.Tasks.Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"{program} did not end within {s_limit}. {output.Result}{errors.Result}");
        }

        return (process.ExitCode, output.Result + errors.Result);
    }

    private static string? Ask(string program)
    {
        if (PathOf(program) is null)
        {
            return null;
        }

        try
        {
            Match version = Regex.Match(Run(program, program == "esptool" ? "version" : "--help").Output, @"v?(\d+\.\d+(\.\d+)?)");
            return version.Success ? version.Groups[1].Value : "unknown";
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static string? PathOf(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => (string[])[Path.Combine(folder, program), Path.Combine(folder, program + ".exe")])
        .FirstOrDefault(File.Exists);
}
