using System.Collections.Generic;
using Esp32Tools.Errors;

namespace Esp32Tools.Devices.Memory;

/// <summary>How to write memory and registers.</summary>
public sealed record MemoryWriteOptions
{
    /// <summary>Read back what was written. Not by default: a register may change by being read.</summary>
    public bool Verify { get; init; }

    /// <summary>Refusals to lift, of <see cref="RefusalCatalog.MemoryWrite"/>; each lifts itself and no other.</summary>
    public IReadOnlyCollection<ErrorCode> Allow { get; init; } = [];
}
