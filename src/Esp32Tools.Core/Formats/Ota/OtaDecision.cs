using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Formats.Ota;

/// <summary>
/// The application that a bootloader selects, and the reason. It does not tell whether the partition holds an image: if not,
/// the bootloader tries others.
/// </summary>
public sealed record OtaDecision
{
    /// <summary>The slot; null for the factory application, or when there is neither.</summary>
    public required int? Slot { get; init; }

    /// <summary>The partition; null when the table has none to boot.</summary>
    public required Partition? Partition { get; init; }

    /// <summary>The copy that decided, 0 or 1; null when neither did.</summary>
    public int? Copy { get; init; }

    /// <summary>The reason, as a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>True when no copy is valid and there is no factory application: the bootloader tries the slots from 0 up.</summary>
    public bool TriesAll { get; init; }

    /// <summary>True when the bootloader writes a first entry, because otadata is erased and there is no factory application.</summary>
    public bool WritesFirst { get; init; }

    /// <summary>The copies as the bootloader leaves them: with rollback it changes states.</summary>
    public required OtaData After { get; init; }
}
