using System.Collections.Generic;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images.Formats;

namespace Esp32Tools.Formats.Images.Merge;

/// <summary>How parts are merged.</summary>
public sealed class MergeOptions
{
    /// <summary>What the merged image is written as.</summary>
    public MergeFormat Format { get; init; }

    /// <summary>Flash address that a raw image begins at; no part may lie in front of it.</summary>
    public uint TargetOffset { get; init; }

    /// <summary>Flash size that a raw image is filled up to with FF, in bytes; null for no filling.</summary>
    public long? PadToSize { get; init; }

    /// <summary>Flash settings for the header of the bootloader.</summary>
    public ImageHeaderPatch Header { get; init; } = new();

    /// <summary>How UF2 is written.</summary>
    public Uf2Options Uf2 { get; init; } = new();

    /// <summary>Refusals to lift, of <see cref="RefusalCatalog.ImageMerge"/>; each id lifts only its own refusal.</summary>
    public IReadOnlyCollection<ErrorCode> Allow { get; init; } = [];
}
