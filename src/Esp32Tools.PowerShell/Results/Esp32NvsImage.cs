namespace Esp32Tools.PowerShell.Results;

/// <summary>An NVS partition that was made, in memory and perhaps in a file.</summary>
public sealed record Esp32NvsImage
{
    /// <summary>The file; null when there is none.</summary>
    public string? Path { get; init; }

    /// <summary>Its bytes.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>Number of bytes.</summary>
    public int Length => Bytes.Length;

    /// <summary>True when its entries are encrypted.</summary>
    public required bool Encrypted { get; init; }

    /// <summary>First eight hexadecimal digits of the SHA-256 of its key; null when it is not encrypted.</summary>
    public string? KeyFingerprint { get; init; }
}
