using System.Collections.Generic;
using Esp32Tools.Errors;

namespace Esp32Tools.Storage.Partitions;

/// <summary>Options for writing or erasing partitions.</summary>
public sealed record PartitionWriteOptions
{
    /// <summary>Refusals to lift, of <see cref="RefusalCatalog.PartitionWrite"/>; each id lifts only its own refusal.</summary>
    public IReadOnlyCollection<ErrorCode> Allow { get; init; } = [];

    /// <summary>True to write only the changed sectors, found by the chip's own digests.</summary>
    public bool Differential { get; init; }
}
