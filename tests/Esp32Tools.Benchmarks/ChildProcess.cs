using System;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace Esp32Tools.Benchmarks;

/// <summary>Programs that are measured from outside.</summary>
internal static class ChildProcess
{
    /// <summary>The path of a program on PATH; null when it is not there.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name))
        .FirstOrDefault(File.Exists);

    /// <summary>Runs a program to its end, its output thrown away.</summary>
    /// <returns>How long it ran, and the most memory it had, in bytes.</returns>
    public static (TimeSpan Elapsed, long PeakWorkingSet) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var watch = Stopwatch.StartNew();
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        long peak = 0;
        while (!process.WaitForExit(5))
        {
            process.Refresh();
            try
            {
                peak = Math.Max(peak, process.PeakWorkingSet64);
            }
            catch (InvalidOperationException) when (process.HasExited)
            {
                // It ended in between; what was seen before counts.
            }
        }

        return (watch.Elapsed, peak);
    }

    /// <summary>The manifest of the staged module; null when it was not staged.</summary>
    public static string? StagedManifest()
    {
        string module = Path.Combine(RepositoryRoot(), "out", "Esp32Tools");
        return Directory.Exists(module) ? Directory.EnumerateFiles(module, "Esp32Tools.psd1", SearchOption.AllDirectories).Max() : null;
    }

    /// <summary>The folder of the solution.</summary>
    public static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Esp32Tools.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("This does not run inside the repository.");
    }
}
