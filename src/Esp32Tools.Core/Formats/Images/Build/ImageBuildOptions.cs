namespace Esp32Tools.Formats.Images.Build;

/// <summary>Options for making an image from an ELF file.</summary>
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

    /// <summary>Padding of the image for a signature; requires <see cref="AppendHash"/>.</summary>
    public SecurePadding SecurePadding { get; init; }

    /// <summary>
    /// Where in the image the SHA-256 of the ELF file goes, in bytes; the bytes there must be zero. Null puts it into its field
    /// of the application's description, if there is one.
    /// </summary>
    public uint? ElfHashOffset { get; init; }

    /// <summary>True to append a SHA-256 of the image. An image with <see cref="RamOnlyHeader"/> never has one.</summary>
    public bool AppendHash { get; init; } = true;

    /// <summary>True to use the ELF file's segments instead of its sections.</summary>
    public bool UseSegments { get; init; }

    /// <summary>
    /// Size of a page of the flash MMU, in bytes; null for the size in the application's description, or else 64 KB.
    /// </summary>
    public int? MmuPageSize { get; init; }

    /// <summary>Pads the file with FF to a multiple of this many bytes; null for no padding.</summary>
    public int? PadToSize { get; init; }

    /// <summary>
    /// True to make the header count only the RAM segments, which come first. The ROM does not see the segments mapped from
    /// flash; the application maps those itself.
    /// </summary>
    public bool RamOnlyHeader { get; init; }
}
