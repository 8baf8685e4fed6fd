using System;
using System.Linq;

namespace Esp32Tools.Benchmarks;

/// <summary>
/// Prints how long things take against what they may take. A link at 115200 baud needs minutes for what is to be measured
/// once, so this is a plain program and no micro-benchmark.
/// </summary>
internal static class Program
{
    private static readonly IBenchmark[] s_all =
    [
        new CompressionBenchmark(),
        new DeflateBenchmark(),
        new FlashEncryptionBenchmark(),
        new FactoryDataBenchmark(),
        new ImportBenchmark(),
        new MemoryBenchmark(),
        new LinkBenchmark(115200),
        new LinkBenchmark(921600),
        new LinkBenchmark(2_000_000),
        new DifferentialBenchmark(),
        new BlankRunsBenchmark(),
        new ManyBoardsBenchmark(),
        new RomBenchmark(115200),
        new RomBenchmark(921600),
    ];

    /// <returns>0 when all is fast enough, 1 when something is too slow, 2 when there is no benchmark of a name.</returns>
    private static int Main(string[] names)
    {
        if (names.FirstOrDefault(name => s_all.All(benchmark => benchmark.Name != name)) is { } unknown)
        {
            Console.Error.WriteLine($"There is no benchmark '{unknown}'. There are {string.Join(", ", s_all.Select(benchmark => benchmark.Name))}.");
            return 2;
        }

        Console.WriteLine($"{"",-52} {"measured",13} {"bound",13} {"ratio",8} {"at most",8}");
        bool good = true;
        foreach (IBenchmark benchmark in s_all.Where(benchmark => names.Length == 0 || names.Contains(benchmark.Name)))
        {
            foreach (Measurement measurement in benchmark.Run())
            {
                Console.WriteLine(measurement);
                good &= measurement.IsGood;
            }
        }

        return good ? 0 : 1;
    }
}
