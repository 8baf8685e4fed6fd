using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Formats.Ota;

/// <summary>What a bootloader selects, and why. Whether an image is in that partition is another question: if not, it tries others.</summary>
public sealed record OtaDecision
{
    /// <summary>The slot; null for the factory application, and where there is neither.</summary>
    public required int? Slot { get; init; }

    /// <summary>The partition; null where the table has none to boot.</summary>
    public required Partition? Partition { get; init; }

    /// <summary>Which copy decided, 0 or 1; null when neither did.</summary>
    public int? Copy { get; init; }

    /// <summary>Why, as a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>True when no copy is good and there is no factory application: the bootloader tries the slots from 0 up.</summary>
    public bool TriesAll { get; init; }

    /// <summary>True when the bootloader writes a first entry, because otadata is erased and there is no factory application.</summary>
    public bool WritesFirst { get; init; }

    /// <summary>The copies as the bootloader leaves them: with rollback it changes states.</summary>
    public required OtaData After { get; init; }
}
