using System.Collections.Generic;
using Esp32Tools.Errors;

namespace Esp32Tools.Storage.Partitions;

/// <summary>How to write or erase partitions.</summary>
public sealed record PartitionWriteOptions
{
    /// <summary>The refusals that can be lifted.</summary>
    public static IReadOnlyList<ErrorCode> Liftable { get; } =
    [
        ErrorCode.PartitionReadOnly, ErrorCode.PartitionContent, ErrorCode.PartitionTableDiffers, ErrorCode.ManifestForOtherUnit,
        ErrorCode.ImageForOtherChip, ErrorCode.ImageRevision, ErrorCode.ImageTruncated, ErrorCode.ImageInvalid,
        ErrorCode.FlashEncrypted, ErrorCode.SecureBootProtected,
    ];

    /// <summary>Refusals to lift, of <see cref="Liftable"/>; each lifts itself and no other.</summary>
    public IReadOnlyCollection<ErrorCode> Allow { get; init; } = [];

    /// <summary>True to write only the sectors that changed, as digests say that the chip makes.</summary>
    public bool Differential { get; init; }
}
