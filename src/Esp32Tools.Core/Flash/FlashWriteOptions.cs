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

    /// <summary>Erase all of the flash first.</summary>
    public bool EraseAll { get; init; }

    /// <summary>False to send the bytes as they are.</summary>
    public bool Compress { get; init; } = true;

    /// <summary>False to believe the chip without asking it for a digest.</summary>
    public bool Verify { get; init; } = true;

    /// <summary>True to leave alone what the flash already holds.</summary>
    public bool SkipEqual { get; init; } = true;

    /// <summary>True to write what a check would refuse, except what cannot be done at all.</summary>
    public bool Force { get; init; }
}
