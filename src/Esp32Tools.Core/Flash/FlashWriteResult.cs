using System;

namespace Esp32Tools.Flash;

/// <summary>The result of the write of one image.</summary>
public sealed record FlashWriteResult
{
    /// <summary>Port of the device.</summary>
    public required string PortName { get; init; }

    /// <summary>Name of the image.</summary>
    public required string Name { get; init; }

    /// <summary>Flash address.</summary>
    public required uint Address { get; init; }

    /// <summary>Length of the image in bytes.</summary>
    public required int Length { get; init; }

    /// <summary>Number of bytes sent for it, before framing; 0 when it was skipped.</summary>
    public required int BytesSent { get; init; }

    /// <summary>Number of bytes written: fewer than <see cref="Length"/> where only a part was needed.</summary>
    public required int BytesWritten { get; init; }

    /// <summary>Number of sectors of 4096 bytes that were erased and written.</summary>
    public required int SectorsWritten { get; init; }

    /// <summary>The method of the write: the name of a <see cref="FlashWriteMethod"/>.</summary>
    public required string Method { get; init; }

    /// <summary>True when the flash held the image already.</summary>
    public bool Skipped => Method == nameof(FlashWriteMethod.None);

    /// <summary>True when the chip encrypted it during the write.</summary>
    public required bool Encrypted { get; init; }

    /// <summary>
    /// True only when the chip's own digest of the flash matches the image, after the write (or instead of it).
    /// </summary>
    public required bool Verified { get; init; }

    /// <summary>The reason why it is not verified; null when it is.</summary>
    public string? UnverifiedReason { get; init; }

    /// <summary>MD5 of the image as written, in lowercase hexadecimal.</summary>
    public required string Md5 { get; init; }

    /// <summary>Number of blocks and regions that were sent again.</summary>
    public required int Retries { get; init; }

    /// <summary>Number of times that the connection was lost and restored.</summary>
    public required int Reconnects { get; init; }

    /// <summary>Duration of the write, in seconds.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>The reason why it was not written in the requested way; null when it was.</summary>
    public string? MethodNote { get; init; }

    /// <summary>The reason why requested flash settings were not put into the image's header; null when they were, or none were requested.</summary>
    public string? HeaderNote { get; init; }
}
