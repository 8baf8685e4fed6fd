using System;

namespace Esp32Tools.Flash;

/// <summary>What was erased.</summary>
public sealed record FlashEraseResult
{
    /// <summary>Port of the device.</summary>
    public required string PortName { get; init; }

    /// <summary>Flash address.</summary>
    public required uint Address { get; init; }

    /// <summary>Bytes.</summary>
    public required long Length { get; init; }

    /// <summary>Time it took.</summary>
    public required TimeSpan Duration { get; init; }
}
