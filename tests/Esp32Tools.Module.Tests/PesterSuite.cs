using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Tests.Shared;

namespace Esp32Tools.Module.Tests;

/// <summary>Runs all Pester files in one PowerShell, when the first test asks for its result.</summary>
public sealed class PesterSuite
{
    // Far more than the suite takes; a suite that hangs must end some time.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(30);

    private readonly Lazy<Run> _run = new(Execute);

    /// <summary>Names of the Pester files.</summary>
    internal static string[] Files { get; } = FindFiles();

    private static string Folder => SharedFiles.InRepository("tests", "Module");

    /// <summary>The result of one file.</summary>
    internal PesterFileResult ResultOf(string file) =>
        _run.Value.Results.FirstOrDefault(result => result.File == file)
        ?? throw new InvalidOperationException($"Pester has no result for {file}.{Environment.NewLine}{_run.Value.Output}");

    private static string[] FindFiles() => Directory.Exists(Folder)
        ? [.. Directory.GetFiles(Folder, "*.Tests.ps1", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
        : [];

    private static Run Execute()
    {
        string resultFile = Path.GetTempFileName();
        try
        {
            string script = Path.Combine(AppContext.BaseDirectory, "RunPester.ps1");
            ProcessOutput output = ProcessOutput.Of(
                PowerShellHost.Start("-File", script, "-TestFolder", Folder, "-ModulePath", StagedModule.ModulePath, "-ResultFile", resultFile),
                s_limit);
            string text = output.ExitCode is null ? $"{output.Text}{Environment.NewLine}Stopped after {s_limit}." : output.Text;
            string json = File.ReadAllText(resultFile);
            return new Run(json.Length == 0 ? [] : JsonSerializer.Deserialize<PesterFileResult[]>(json)!, text);
        }
        finally
        {
            File.Delete(resultFile);
        }
    }

    private sealed record Run(IReadOnlyList<PesterFileResult> Results, string Output);
}
