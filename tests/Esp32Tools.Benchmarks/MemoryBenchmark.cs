using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Esp32Tools.Benchmarks;

/// <summary>Peak working set of the quickstart, by its side in megabytes.</summary>
internal sealed class MemoryBenchmark : IBenchmark
{
    private const long MaxBytes = 120_000_000;

    /// <inheritdoc/>
    public string Name => "memory";

    /// <inheritdoc/>
    public IEnumerable<Measurement> Run()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Quickstart.dll");
        long peak = ChildProcess.Run("dotnet", program).PeakWorkingSet;
        yield return new Measurement("Quickstart, peak working set", peak / 1e6, MaxBytes / 1e6, 1, "MB");
    }
}
