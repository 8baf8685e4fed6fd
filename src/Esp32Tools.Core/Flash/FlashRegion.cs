namespace Esp32Tools.Flash;

/// <summary>A range of flash as it was read.</summary>
public sealed record FlashRegion
{
    /// <summary>Port of the device.</summary>
    public required string PortName { get; init; }

    /// <summary>Flash address.</summary>
    public required uint Address { get; init; }

    /// <summary>Bytes.</summary>
    public int Length => Data.Length;

    /// <summary>The contents.</summary>
    public required byte[] Data { get; init; }

    /// <summary>File they were written to; null when they were not.</summary>
    public string? Path { get; init; }
}
