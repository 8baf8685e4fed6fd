using System.Collections.Generic;
using Esp32Tools.Errors;

namespace Esp32Tools.Devices.Memory;

/// <summary>Options of a write of memory or registers.</summary>
public sealed record MemoryWriteOptions
{
    /// <summary>True to read back the written words. Off by default: reading can change a register.</summary>
    public bool Verify { get; init; }

    /// <summary>Refusals to lift, of <see cref="RefusalCatalog.MemoryWrite"/>; each lifts only itself.</summary>
    public IReadOnlyCollection<ErrorCode> Allow { get; init; } = [];
}
