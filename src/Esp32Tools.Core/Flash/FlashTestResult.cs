namespace Esp32Tools.Flash;

/// <summary>The result of a comparison of flash with an image.</summary>
public sealed record FlashTestResult
{
    /// <summary>Port of the device.</summary>
    public required string PortName { get; init; }

    /// <summary>Name of the image.</summary>
    public required string Name { get; init; }

    /// <summary>Flash address.</summary>
    public required uint Address { get; init; }

    /// <summary>Number of bytes compared.</summary>
    public required int Length { get; init; }

    /// <summary>True when the chip's digest equals the image's.</summary>
    public required bool IsEqual { get; init; }

    /// <summary>Flash address of the first byte that differs; null when none does.</summary>
    public uint? FirstDifference { get; init; }

    /// <summary>The byte of the image at that address.</summary>
    public byte? Expected { get; init; }

    /// <summary>The byte of the flash at that address.</summary>
    public byte? Actual { get; init; }
}
