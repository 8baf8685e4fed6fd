using System;

namespace Esp32Tools.Flash;

/// <summary>The result of an erase.</summary>
public sealed record FlashEraseResult
{
    /// <summary>Port of the device.</summary>
    public required string PortName { get; init; }

    /// <summary>Flash address.</summary>
    public required uint Address { get; init; }

    /// <summary>Length in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>Duration of the erase, in seconds.</summary>
    public required double DurationSeconds { get; init; }
}
