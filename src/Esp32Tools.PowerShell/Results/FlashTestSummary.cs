namespace Esp32Tools.PowerShell.Results;

/// <summary>The result of a comparison on one board: all images together, and the outcome.</summary>
public sealed record FlashTestSummary
{
    /// <summary>Port of the board.</summary>
    public required string PortName { get; init; }

    /// <summary>MAC of the board; null where it is not known.</summary>
    public string? Mac { get; init; }

    /// <summary>Number of images that were compared.</summary>
    public required int Images { get; init; }

    /// <summary>Their length in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>True when all images were compared, and the chip's own digest of each matches.</summary>
    public required bool IsEqual { get; init; }

    /// <summary>Name of the first image that differs; null when none does.</summary>
    public string? Name { get; init; }

    /// <summary>Flash address of its first byte that differs; null when none does.</summary>
    public uint? FirstDifference { get; init; }

    /// <summary>Duration of the work on this board in seconds, connecting included.</summary>
    public required double Seconds { get; init; }

    /// <summary>The id of the error; null when there is none.</summary>
    public string? ErrorId { get; init; }
}
