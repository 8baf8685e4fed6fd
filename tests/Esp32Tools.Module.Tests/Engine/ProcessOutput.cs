using System;
using System.Diagnostics;
using System.Text;

namespace Esp32Tools.Module.Tests.Engine;

/// <param name="ExitCode">How the process ended; null when it was stopped because it took too long.</param>
/// <param name="Text">What it printed, to both of its outputs.</param>
internal sealed record ProcessOutput(int? ExitCode, string Text)
{
    /// <summary>Runs a process to its end, or stops it with all it started.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public static ProcessOutput Of(ProcessStartInfo start, TimeSpan limit)
    {
        StringBuilder text = new();
        using Process process = new() { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        bool ended = process.WaitForExit(limit);
        if (!ended)
        {
            process.Kill(entireProcessTree: true);
        }

        // Only the call without a limit waits for the last lines.
        process.WaitForExit();
        lock (text)
        {
            return new ProcessOutput(ended ? process.ExitCode : null, text.ToString());
        }

        void Append(string? line)
        {
            lock (text)
            {
                text.AppendLine(line);
            }
        }
    }
}
