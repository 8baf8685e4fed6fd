using System;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>A key argument: the file that holds it, or its bytes. Never shows bytes.</summary>
public sealed class KeyArgument
{
    /// <summary>A file.</summary>
    public KeyArgument(string path) => Path = path ?? throw new ArgumentNullException(nameof(path));

    /// <summary>Bytes. The caller must clear them afterwards.</summary>
    public KeyArgument(byte[] bytes) => Bytes = bytes ?? throw new ArgumentNullException(nameof(bytes));

    /// <summary>Path of the file as it was given; null when bytes were.</summary>
    public string? Path { get; }

    internal byte[]? Bytes { get; }

    /// <summary>A copy of the bytes, which the caller must clear; none when a file was given.</summary>
    public byte[] ToBytes() => (byte[]?)Bytes?.Clone() ?? [];

    /// <summary>The path, or three stars.</summary>
    public override string ToString() => Path ?? "***";
}
