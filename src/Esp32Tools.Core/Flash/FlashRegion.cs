namespace Esp32Tools.Flash;

/// <summary>The contents of a flash range.</summary>
public sealed record FlashRegion
{
    /// <summary>Port of the device.</summary>
    public required string PortName { get; init; }

    /// <summary>Flash address.</summary>
    public required uint Address { get; init; }

    /// <summary>Length in bytes.</summary>
    public int Length => Data.Length;

    /// <summary>The contents.</summary>
    public required byte[] Data { get; init; }

    /// <summary>The file with the contents; null when they were not written to one.</summary>
    public string? Path { get; init; }
}
