using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Esp32Tools.Module.Tests.Engine;
using Esp32Tools.Tests.Shared;

namespace Esp32Tools.Module.Tests.Pester;

/// <summary>Runs the chosen Pester files in one PowerShell, when the first test asks for its result.</summary>
internal sealed class PesterSuite
{
    // Far more than the suite takes; a suite that hangs must end some time.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(30);

    // Each takes the next file when it is done with one. More than these have little to share out.
    private static readonly int s_processes = Math.Clamp(Environment.ProcessorCount, 1, 4);

    private static readonly ConcurrentDictionary<string, PesterSuite> s_suites = new();

    private readonly PowerShellEngine _engine;
    private readonly Lazy<Task<Run>> _run;
    private IReadOnlyList<string> _chosen = Files;

    private PesterSuite(PowerShellEngine engine)
    {
        _engine = engine;
        _run = new Lazy<Task<Run>>(() => Task.Run(Execute));
    }

    private static string Folder => SharedFiles.InRepository("tests", "Module");

    /// <summary>Names of the Pester files, without <c>.Tests.ps1</c>.</summary>
    internal static IReadOnlyList<string> Files { get; } =
    [
        .. Directory.GetFiles(Folder, "*.Tests.ps1")
            .Select(path => Path.GetFileName(path)[..^".Tests.ps1".Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The suite of a PowerShell.</summary>
    internal static PesterSuite In(string engine) =>
        s_suites.GetOrAdd(engine, name => new PesterSuite(PowerShellEngine.All.Single(one => one.Name == name)));

    /// <summary>Says which files are asked for; without this it is all of them.</summary>
    internal void Choose(IReadOnlyList<string> files) => _chosen = files;

    /// <summary>The result of one file.</summary>
    internal async Task<PesterFileResult> ResultOf(string file)
    {
        if (PowerShellEngine.WhyNot is string reason)
        {
            // A complete run has no right to leave the suite out.
            bool isThorough = Environment.GetEnvironmentVariable("ESP32TOOLS_THOROUGH") == "1";
            return new PesterFileResult(0, [new PesterTestResult("the whole file", isThorough ? "Failed" : "Skipped", 0, reason, "")]);
        }

        Run run = await _run.Value;
        return run.Results.GetValueOrDefault(file)
            ?? throw new InvalidOperationException($"Pester has no result for {file}.{Environment.NewLine}{run.Output}");
    }

    private async Task<Run> Execute()
    {
        DirectoryInfo work = Directory.CreateTempSubdirectory("esp32tools-pester-");
        try
        {
            File.WriteAllLines(Path.Combine(work.FullName, "files.txt"), _chosen.Select(file => Path.Combine(Folder, $"{file}.Tests.ps1")));
            int processes = Math.Min(s_processes, _chosen.Count);
            string[] outputs = await Task.WhenAll(Enumerable.Range(0, processes).Select(_ => Task.Run(() => Work(work))));
            Dictionary<string, PesterFileResult> results = _chosen
                .Select(file => (file, path: Path.Combine(work.FullName, $"{file}.Tests.ps1.json")))
                .Where(result => File.Exists(result.path))
                .ToDictionary(result => result.file, result => JsonSerializer.Deserialize<PesterFileResult>(File.ReadAllText(result.path))!);
            PesterTimes.Write(_engine.Name, results);
            return new Run(results, string.Join(Environment.NewLine, outputs));
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private string Work(DirectoryInfo work)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "RunPester.ps1");
        ProcessOutput output = ProcessOutput.Of(
            _engine.Start("-File", script, "-WorkFolder", work.FullName, "-Pester", PowerShellEngine.Pester, "-ModulePath", StagedModule.ModulePath),
            s_limit);
        string end = output.ExitCode is int code ? $"PowerShell ended with exit code {code}." : $"Stopped after {s_limit}.";
        return $"{output.Text}{Environment.NewLine}{end}";
    }

    private sealed record Run(IReadOnlyDictionary<string, PesterFileResult> Results, string Output);
}
