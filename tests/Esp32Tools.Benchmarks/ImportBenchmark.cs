using System;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Benchmarks;

/// <summary>What Import-Module adds to PowerShell's own start: medians of starts with and without, taken in turn.</summary>
internal sealed class ImportBenchmark : IBenchmark
{
    private const int Rounds = 9;

    /// <inheritdoc/>
    public string Name => "import";

    /// <inheritdoc/>
    public IEnumerable<Measurement> Run()
    {
        string? pwsh = ChildProcess.Find("pwsh");
        string? manifest = ChildProcess.StagedManifest();
        if (pwsh is null || manifest is null)
        {
            Console.WriteLine("import: needs pwsh on PATH and the staged module (dotnet build makes it); left out");
            yield break;
        }

        List<double> added = [];
        for (int round = 0; round <= Rounds; round++)
        {
            double without = ChildProcess.Run(pwsh, "-NoProfile", "-NonInteractive", "-Command", "1").Elapsed.TotalSeconds;
            double with = ChildProcess.Run(pwsh, "-NoProfile", "-NonInteractive", "-Command", $"Import-Module '{manifest}'").Elapsed.TotalSeconds;
            if (round > 0)
            {
                added.Add(with - without);
            }
        }

        double median = added.OrderBy(value => value).ElementAt(Rounds / 2);
        yield return new Measurement("Import-Module, added to the start of pwsh (median)", TimeSpan.FromSeconds(median), TimeSpan.FromSeconds(0.15), maxRatio: 1);
    }
}
