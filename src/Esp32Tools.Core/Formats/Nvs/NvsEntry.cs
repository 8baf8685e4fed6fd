using Esp32Tools.Compat;

namespace Esp32Tools.Formats.Nvs;

/// <summary>A value in an NVS partition.</summary>
public sealed record NvsEntry
{
    private readonly object? _value;

    /// <summary>Name of its namespace; null when nothing names it.</summary>
    public string? Namespace { get; init; }

    /// <summary>The key.</summary>
    public required string Key { get; init; }

    /// <summary>Type of the value; null for an unknown type.</summary>
    public string? Type { get; init; }

    /// <summary>
    /// The value: a number, a <see cref="string"/>, or bytes as lowercase hexadecimal. Null when it is incomplete.
    /// <see cref="State"/> tells whether it is valid.
    /// </summary>
    public object? Value
    {
        get => _value is byte[] bytes ? Hex.Encode(bytes) : _value;
        init => _value = value;
    }

    /// <summary>State of the entry: valid, erased or damaged.</summary>
    public required string State { get; init; }

    /// <summary>Size of the value in bytes; of a string, with its zero byte.</summary>
    public int Size { get; init; }

    /// <summary>The page of its first entry; of a blob over several pages, that of its index.</summary>
    public required int Page { get; init; }

    /// <summary>Number of that entry in the page, 0 to 125.</summary>
    public required int Entry { get; init; }

    /// <summary>Address of that entry in the partition.</summary>
    public required int Offset { get; init; }

    /// <summary>Number of its namespace.</summary>
    public byte NamespaceIndex { get; init; }

    /// <summary>Port of the device it was read from; null for none.</summary>
    public string? PortName { get; init; }

    /// <summary>File it was read from; null for none.</summary>
    public string? Path { get; init; }

    /// <summary>The bytes of a blob; null for other types, and when it is incomplete.</summary>
    public byte[]? GetBytes() => _value is byte[] bytes ? (byte[])bytes.Clone() : null;

    /// <summary>Namespace, key and type; the value may be a secret.</summary>
    public override string ToString() => $"{Namespace ?? $"#{NamespaceIndex}"}/{Key} ({Type ?? "unknown type"})";
}
