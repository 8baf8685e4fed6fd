using System.Collections.Generic;
using Esp32Tools.Chips;
using Esp32Tools.Errors;

namespace Esp32Tools.Flash;

/// <summary>How to write flash.</summary>
public sealed record FlashWriteOptions
{
    /// <summary>Flash mode to put into the bootloader's header, such as <c>dio</c>; null keeps it.</summary>
    public string? FlashMode { get; init; }

    /// <summary>Flash frequency to put into the bootloader's header, such as <c>80m</c>; null keeps it.</summary>
    public string? FlashFrequency { get; init; }

    /// <summary>Flash size to put into the bootloader's header, such as <c>4MB</c>; null keeps it.</summary>
    public string? FlashSize { get; init; }

    /// <summary>True to put the size that the flash memory itself reports into the bootloader's header.</summary>
    public bool DetectFlashSize { get; init; }

    /// <summary>The chip that the images were built for, where it is known from elsewhere than their headers; null where not.</summary>
    public ChipDefinition? Chip { get; init; }

    /// <summary>
    /// What the images were built for, where their lists or files name something else than <see cref="Chip"/>: a chip that the
    /// catalogue has not, or a second one. Null for nothing.
    /// </summary>
    public string? OtherChip { get; init; }

    /// <summary>Erase all of the flash first.</summary>
    public bool EraseAll { get; init; }

    /// <summary>True to have the chip encrypt all images while it writes them, not only those that ask for it.</summary>
    public bool Encrypt { get; init; }

    /// <summary>
    /// True to write only the sectors that changed: since <see cref="Previous"/> where that is known, else by digests that
    /// the chip makes. An image whose digest is wrong afterwards is written in full. Images that are encrypted on the way, and
    /// all images in secure download mode, cannot be compared and are written in full.
    /// </summary>
    public bool Differential { get; init; }

    /// <summary>What was written to the device last, for <see cref="Differential"/>: the same places, older bytes.</summary>
    public IReadOnlyList<FlashImage> Previous { get; init; } = [];

    /// <summary>False to send the bytes as they are.</summary>
    public bool Compress { get; init; } = true;

    /// <summary>False to believe the chip without asking it for a digest.</summary>
    public bool Verify { get; init; } = true;

    /// <summary>True to leave alone what the flash already holds.</summary>
    public bool SkipEqual { get; init; } = true;

    /// <summary>
    /// How often to connect again when the connection is lost in the middle; 0 for never. Images that the chip encrypts are
    /// never taken up again.
    /// </summary>
    public int MaxReconnects { get; init; } = SteadyLink.DefaultReconnects;

    /// <summary>False where the images have been looked at already, with more knowledge of them.</summary>
    internal bool LooksAtLayout { get; init; } = true;

    /// <summary>Refusals to lift, of <see cref="RefusalCatalog.FlashWrite"/>; each lifts itself and no other.</summary>
    public IReadOnlyCollection<ErrorCode> Allow { get; init; } = [];
}
