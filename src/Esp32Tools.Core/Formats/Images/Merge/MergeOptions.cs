using System.Collections.Generic;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images.Containers;

namespace Esp32Tools.Formats.Images.Merge;

/// <summary>Options for merging parts.</summary>
public sealed class MergeOptions
{
    /// <summary>Format of the merged image.</summary>
    public MergeFormat Format { get; init; }

    /// <summary>Flash address where a raw image begins; no part may begin before it.</summary>
    public uint TargetOffset { get; init; }

    /// <summary>Flash size up to which a raw image is padded with FF, in bytes; null for no padding.</summary>
    public long? PadToSize { get; init; }

    /// <summary>Flash settings for the header of the bootloader.</summary>
    public ImageHeaderPatch Header { get; init; } = new();

    /// <summary>Options for UF2.</summary>
    public Uf2Options Uf2 { get; init; } = new();

    /// <summary>Refusals to lift, of <see cref="RefusalCatalog.ImageMerge"/>; each id lifts only its own refusal.</summary>
    public IReadOnlyCollection<ErrorCode> Allow { get; init; } = [];
}
