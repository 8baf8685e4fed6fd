namespace Esp32Tools.Formats.Images.Build;

/// <summary>How an image is made from an ELF file.</summary>
public sealed class ImageBuildOptions
{
    /// <summary>Flash mode by the chip's name for it.</summary>
    public string FlashMode { get; init; } = "qio";

    /// <summary>Flash frequency by the chip's name for it; null for code 0, which every chip has.</summary>
    public string? FlashFrequency { get; init; }

    /// <summary>Flash size by the chip's name for it.</summary>
    public string FlashSize { get; init; } = "1MB";

    /// <summary>Lowest revision in the old form, see <see cref="Chips.ImageFacts.LegacyRevisionIsMinor"/>.</summary>
    public byte LegacyMinRevision { get; init; }

    /// <summary>Lowest revision that runs the image, major * 100 + minor.</summary>
    public ushort MinRevision { get; init; }

    /// <summary>Highest revision that runs the image, major * 100 + minor; <see cref="ImageHeader.NoMaxRevision"/> for no limit.</summary>
    public ushort MaxRevision { get; init; } = ImageHeader.NoMaxRevision;

    /// <summary>Whether and how the image is filled up for a signature; needs <see cref="AppendHash"/>.</summary>
    public SecurePadding SecurePadding { get; init; }

    /// <summary>
    /// Where in the image the SHA-256 of the ELF file goes, in bytes; what is there must be zero. Null puts it where the
    /// application's description has its place, if there is one.
    /// </summary>
    public uint? ElfHashOffset { get; init; }

    /// <summary>True to put a SHA-256 of the image behind it. An image with <see cref="RamOnlyHeader"/> never has one.</summary>
    public bool AppendHash { get; init; } = true;

    /// <summary>True to take the ELF file's segments in place of its sections.</summary>
    public bool UseSegments { get; init; }

    /// <summary>Size of a page of the flash MMU, in bytes; null for what the application's description says, else 64 KB.</summary>
    public int? MmuPageSize { get; init; }

    /// <summary>Fills the file up with FF to a multiple of so many bytes; null for no filling.</summary>
    public int? PadToSize { get; init; }

    /// <summary>
    /// True to have the header name the segments in RAM alone, which come first; the ROM does not see those mapped from
    /// flash, which the application maps itself.
    /// </summary>
    public bool RamOnlyHeader { get; init; }
}
