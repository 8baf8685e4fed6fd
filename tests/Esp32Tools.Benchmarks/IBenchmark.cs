using System.Collections.Generic;

namespace Esp32Tools.Benchmarks;

/// <summary>Something that can be measured.</summary>
internal interface IBenchmark
{
    /// <summary>Name to ask for it by.</summary>
    string Name { get; }

    /// <summary>Measures, and gives each line as soon as it has it.</summary>
    IEnumerable<Measurement> Run();
}
