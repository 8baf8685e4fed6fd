using System.Collections.Generic;
using Esp32Tools.Chips;
using Esp32Tools.Errors;

namespace Esp32Tools.Flash;

/// <summary>Options of a flash write.</summary>
public sealed record FlashWriteOptions
{
    /// <summary>Flash mode to put into the bootloader's header, such as <c>dio</c>; null keeps it.</summary>
    public string? FlashMode { get; init; }

    /// <summary>Flash frequency to put into the bootloader's header, such as <c>80m</c>; null keeps it.</summary>
    public string? FlashFrequency { get; init; }

    /// <summary>Flash size to put into the bootloader's header, such as <c>4MB</c>; null keeps it.</summary>
    public string? FlashSize { get; init; }

    /// <summary>True to put the size that the flash memory reports into the bootloader's header.</summary>
    public bool DetectFlashSize { get; init; }

    /// <summary>The chip that the images were built for, where a source other than their headers names it; otherwise null.</summary>
    public ChipDefinition? Chip { get; init; }

    /// <summary>
    /// The target that the lists or files of the images name when it is not <see cref="Chip"/>: a chip that is not in the
    /// catalogue, or a second one. Null for none.
    /// </summary>
    public string? OtherChip { get; init; }

    /// <summary>True to erase all of the flash first.</summary>
    public bool EraseAll { get; init; }

    /// <summary>True to have the chip encrypt all images during the write, not only those that request it.</summary>
    public bool Encrypt { get; init; }

    /// <summary>
    /// True to write only the sectors that changed: since <see cref="Previous"/> where that is known, else by digests from
    /// the chip. An image whose digest is wrong afterwards is written in full. Images that the chip encrypts, and
    /// all images in secure download mode, cannot be compared and are written in full.
    /// </summary>
    public bool Differential { get; init; }

    /// <summary>The images written to the device last, for <see cref="Differential"/>: the same addresses, older contents.</summary>
    public IReadOnlyList<FlashImage> Previous { get; init; } = [];

    /// <summary>False to send the bytes uncompressed.</summary>
    public bool Compress { get; init; } = true;

    /// <summary>False to skip verification by the chip's digest.</summary>
    public bool Verify { get; init; } = true;

    /// <summary>True to skip images that the flash already holds.</summary>
    public bool SkipEqual { get; init; } = true;

    /// <summary>
    /// Maximum number of reconnects after a lost connection; 0 for none. The write of an image that the chip encrypts is
    /// never resumed.
    /// </summary>
    public int MaxReconnects { get; init; } = SteadyLink.DefaultReconnects;

    /// <summary>False when the images have been checked already, with more knowledge of them.</summary>
    internal bool LooksAtLayout { get; init; } = true;

    /// <summary>Refusals to lift, of <see cref="RefusalCatalog.FlashWrite"/>; each lifts only itself.</summary>
    public IReadOnlyCollection<ErrorCode> Allow { get; init; } = [];
}
