using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Esp32Tools.Benchmarks;

/// <summary>
/// NVS images of a table with twelve keys a unit, written to files from PowerShell, plain and with a key for each: the time of ten
/// thousand, the start of pwsh with it, and their memory against that of a thousand.
/// </summary>
internal sealed class FactoryDataBenchmark : IBenchmark
{
    private const int Few = 1000;
    private const int Many = 10_000;
    private const double MaxSeconds = 60;
    private const double MaxGrowth = 1.25;

    private const string Schema =
        "factory,namespace,\nserial,data,string\nmodel,data,u16\nrevision,data,u8\nmac,data,hex2bin\nboots,data,u32\noffset,data,i64\n"
        + "net,namespace,\nssid,data,string\npassword,data,string\nport,data,u16\ntoken,data,base64\ngain,data,i32\nflags,data,u64\n";

    /// <inheritdoc/>
    public string Name => "factory-data";

    /// <inheritdoc/>
    public IEnumerable<Measurement> Run()
    {
        string? pwsh = ChildProcess.Find("pwsh");
        string? manifest = ChildProcess.StagedManifest();
        if (pwsh is null || manifest is null)
        {
            Console.WriteLine("factory-data: needs pwsh on PATH and the staged module (dotnet build makes it); left out");
            yield break;
        }

        foreach ((string title, string how) in new[]
        {
            ("Factory data, 10000 units of a CSV", "New-Esp32FactoryData $table -Destination $out"),
            ("Factory data, a new key for each", "New-Esp32FactoryData $table -Destination $out -KeyPerUnit Xts"),
            ("Factory data, 10000 units of objects", "Import-Csv $table | New-Esp32FactoryData -Destination $out"),
        })
        {
            (TimeSpan _, long fewPeak) = Measure(pwsh, manifest, Few, how);
            (TimeSpan elapsed, long manyPeak) = Measure(pwsh, manifest, Many, how);
            yield return new Measurement(title, elapsed.TotalSeconds, MaxSeconds, 1);
            yield return new Measurement("  peak working set, against that of 1000", manyPeak / 1e6, fewPeak / 1e6, MaxGrowth, "MB");
        }
    }

    private static (TimeSpan Elapsed, long PeakWorkingSet) Measure(string pwsh, string manifest, int units, string how)
    {
        string folder = Directory.CreateTempSubdirectory("esp32tools-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "schema.csv"), Schema);
            File.WriteAllLines(Path.Combine(folder, "units.csv"), Table(units));
            string script = $"$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue'; Import-Module '{manifest}'; Set-Location '{folder}';"
                + "$table = 'units.csv'; $out = 'out';"
                + $"{how} -Schema schema.csv -Size 0x4000 -FileId serial | Out-Null";
            (TimeSpan, long) measured = ChildProcess.Run(pwsh, "-NoProfile", "-NonInteractive", "-Command", script);
            int images = Directory.GetFiles(Path.Combine(folder, "out", "bin")).Length;
            return images == units ? measured : throw new InvalidOperationException($"{images} images were made of {units} rows.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> Table(int units) => Enumerable.Range(1, units)
        .Select(i => string.Format(
            CultureInfo.InvariantCulture,
            "SN{0:D8},{1},{2},{0:x12},{0},-{0},network-{0},password-{0},{1},QUJDREVGR0hJSktMTU5PUA==,-{0},{0}", i, i % 65536, i % 256))
        .Prepend("serial,model,revision,mac,boots,offset,ssid,password,port,token,gain,flags");
}
