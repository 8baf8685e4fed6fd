using System;
using Esp32Tools.Compat;

namespace Esp32Tools.Flash;

/// <summary>The contents of a flash range.</summary>
public sealed record FlashRegion
{
    private readonly byte[] _bytes;

    /// <summary>A range with these contents.</summary>
    public FlashRegion(byte[] bytes) => _bytes = bytes ?? throw new ArgumentNullException(nameof(bytes));

    /// <summary>Port of the device.</summary>
    public required string PortName { get; init; }

    /// <summary>Flash address.</summary>
    public required uint Address { get; init; }

    /// <summary>Length in bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>The contents in lowercase hexadecimal; <see cref="GetBytes"/> gives them as bytes.</summary>
    public string Data => Hex.Encode(_bytes);

    /// <summary>The file with the contents; null when they were not written to one.</summary>
    public string? Path { get; init; }

    /// <summary>The contents.</summary>
    public byte[] GetBytes() => _bytes;
}
