namespace Esp32Tools.PowerShell.Results;

/// <summary>The result of a write on one board: all images together, and the outcome.</summary>
public sealed record FlashWriteSummary
{
    /// <summary>Port of the board.</summary>
    public required string PortName { get; init; }

    /// <summary>MAC of the board; null where it is not known.</summary>
    public string? Mac { get; init; }

    /// <summary>Number of images that were written, or found in flash.</summary>
    public required int Images { get; init; }

    /// <summary>Their length in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>Number of bytes sent for them.</summary>
    public required long BytesSent { get; init; }

    /// <summary>True when the flash held all of them already.</summary>
    public required bool Skipped { get; init; }

    /// <summary>True when all images are in flash, and the chip's own digest of each matches.</summary>
    public required bool Verified { get; init; }

    /// <summary>Number of blocks and regions that were sent again.</summary>
    public required int Retries { get; init; }

    /// <summary>Number of times that the connection was lost and restored.</summary>
    public required int Reconnects { get; init; }

    /// <summary>Duration of the work on this board in seconds, connecting included.</summary>
    public required double Seconds { get; init; }

    /// <summary>The id of the error; null when there is none.</summary>
    public string? ErrorId { get; init; }
}
