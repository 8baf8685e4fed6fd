using System.Collections.Generic;
using Esp32Tools.Errors;

namespace Esp32Tools.Storage.Partitions;

/// <summary>How to write or erase partitions.</summary>
public sealed record PartitionWriteOptions
{
    /// <summary>Refusals to lift, of <see cref="RefusalCatalog.PartitionWrite"/>; each id lifts only its own refusal.</summary>
    public IReadOnlyCollection<ErrorCode> Allow { get; init; } = [];

    /// <summary>True to write only the sectors that changed, as digests say that the chip makes.</summary>
    public bool Differential { get; init; }
}
