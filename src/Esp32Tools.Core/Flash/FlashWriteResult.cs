using System;

namespace Esp32Tools.Flash;

/// <summary>What became of one image.</summary>
public sealed record FlashWriteResult
{
    /// <summary>Port of the device.</summary>
    public required string PortName { get; init; }

    /// <summary>Name of the image.</summary>
    public required string Name { get; init; }

    /// <summary>Flash address.</summary>
    public required uint Address { get; init; }

    /// <summary>Bytes of the image.</summary>
    public required int Length { get; init; }

    /// <summary>Bytes that went over the wire for it, before framing; 0 when it was skipped.</summary>
    public required int BytesSent { get; init; }

    /// <summary>Bytes of it that were written: fewer than <see cref="Length"/> where only a part was needed.</summary>
    public required int BytesWritten { get; init; }

    /// <summary>Sectors of 4096 bytes that were erased and written.</summary>
    public required int SectorsWritten { get; init; }

    /// <summary>How it was written.</summary>
    public required FlashWriteMethod Method { get; init; }

    /// <summary>True when the flash held it already.</summary>
    public bool Skipped => Method == FlashWriteMethod.None;

    /// <summary>True when the chip encrypted it while writing.</summary>
    public required bool Encrypted { get; init; }

    /// <summary>
    /// True only when the chip's own digest of the flash matches the image, after the write (or instead of it).
    /// </summary>
    public required bool Verified { get; init; }

    /// <summary>Why it is not verified; null when it is.</summary>
    public string? UnverifiedReason { get; init; }

    /// <summary>MD5 of the image as written, in lower-case hexadecimal.</summary>
    public required string Md5 { get; init; }

    /// <summary>Blocks and regions that had to be sent again.</summary>
    public required int Retries { get; init; }

    /// <summary>Times that the connection was lost in the middle and made anew.</summary>
    public required int Reconnects { get; init; }

    /// <summary>Time it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Why it was not written in the way that was asked for; null when it was.</summary>
    public string? MethodNote { get; init; }

    /// <summary>Why asked-for flash settings were not put into the image's header; null when they were, or none were asked for.</summary>
    public string? HeaderNote { get; init; }
}
