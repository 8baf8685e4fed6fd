using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Esp32Tools.Module.Tests.Pester;

/// <summary>How long each Pester file took: a list for whoever asked for result files, the slowest first.</summary>
internal static class PesterTimes
{
    internal static void Write(string engine, IReadOnlyDictionary<string, PesterFileResult> results)
    {
        string? folder = Environment.GetEnvironmentVariable("ESP32TOOLS_TEST_RESULTS");
        if (string.IsNullOrEmpty(folder))
        {
            return;
        }

        Directory.CreateDirectory(folder);
        File.AppendAllLines(
            Path.Combine(folder, "pester-times.txt"),
            results.OrderByDescending(result => result.Value.Seconds).Select(result => string.Create(
                CultureInfo.InvariantCulture, $"{result.Value.Seconds,6:F1} s  {result.Key}{(engine.Length == 0 ? "" : $" ({engine})")}")));
    }
}
