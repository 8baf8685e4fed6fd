using System;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>An image argument: the flash address, and the file or the bytes.</summary>
public sealed class ImageArgument
{
    /// <summary>A file.</summary>
    public ImageArgument(uint address, string path)
        : this(path) => Address = address;

    /// <summary>A file that contains its addresses: Intel HEX, UF2, or a list of files as ESP-IDF makes it.</summary>
    public ImageArgument(string path) => Path = path ?? throw new ArgumentNullException(nameof(path));

    /// <summary>Bytes.</summary>
    public ImageArgument(uint address, byte[] data)
    {
        Address = address;
        Data = data ?? throw new ArgumentNullException(nameof(data));
    }

    /// <summary>Flash address; null when the file contains it.</summary>
    public uint? Address { get; }

    /// <summary>Path of the file as it was given; null when bytes were.</summary>
    public string? Path { get; }

    /// <summary>The bytes; null when a path was given.</summary>
    public byte[]? Data { get; }

    /// <summary>True when the chip must encrypt it.</summary>
    public bool Encrypt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Address is null ? Path! : $"{Path ?? $"{Data!.Length} bytes"} at 0x{Address:X}";
}
