using System;

namespace Esp32Tools.PowerShell.Results;

/// <summary>An NVS partition that was made, in memory and perhaps in a file.</summary>
public sealed record Esp32NvsImage
{
    private readonly byte[] _bytes;

    /// <summary>A partition of these bytes.</summary>
    public Esp32NvsImage(byte[] bytes) => _bytes = bytes ?? throw new ArgumentNullException(nameof(bytes));

    /// <summary>The file; null when there is none.</summary>
    public string? Path { get; init; }

    /// <summary>Its bytes in lowercase hexadecimal; <see cref="GetBytes"/> gives them as bytes.</summary>
    public string Bytes => BitConverter.ToString(_bytes).Replace("-", string.Empty).ToLowerInvariant();

    /// <summary>Number of bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>True when its entries are encrypted.</summary>
    public required bool Encrypted { get; init; }

    /// <summary>First eight hexadecimal digits of the SHA-256 of its key; null when it is not encrypted.</summary>
    public string? KeyFingerprint { get; init; }

    /// <summary>Its bytes.</summary>
    public byte[] GetBytes() => _bytes;
}
