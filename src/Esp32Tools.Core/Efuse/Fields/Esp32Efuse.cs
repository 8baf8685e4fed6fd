using System;
using Esp32Tools.Compat;

namespace Esp32Tools.Efuse.Fields;

/// <summary>One eFuse field of a chip, decoded.</summary>
public sealed record Esp32Efuse
{
    private readonly object? _value;

    /// <summary>Port of the device; null for a field of a dump.</summary>
    public string? PortName { get; init; }

    /// <summary>Name, as in the summary of espefuse.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The value in its own type: bool, int, uint, long or double; a string for a MAC address and wherever the number
    /// has a meaning; bytes in memory order, as lowercase hexadecimal, for keys and user data. Null when the chip hides it.
    /// </summary>
    public object? Value
    {
        get => _value is byte[] bytes ? Hex.Encode(bytes) : _value;
        init => _value = value;
    }

    /// <summary>The value for display; <c>?</c> stands for hidden data.</summary>
    public required string Text { get; init; }

    /// <summary>The bits as a number; null for fields of more than 64 bits.</summary>
    public ulong? Number { get; init; }

    /// <summary>The bits in hexadecimal: numbers highest digit first, bytes in memory order.</summary>
    public required string RawValue { get; init; }

    /// <summary>Meaning of the number, or a remark on the value (a CRC); null for none.</summary>
    public string? Meaning { get; init; }

    /// <summary>Unit of the value: <c>mV</c>, <c>&#176;C</c>, or <c>LSB</c> for a reading of the ADC; null when it has none, or none is published.</summary>
    public string? Unit { get; init; }

    /// <summary>
    /// The full version that the field is a part of: of the silicon, or of the factory data; null for other fields.
    /// </summary>
    public string? Version { get; init; }

    /// <summary>
    /// True when a MAC address is intact, by its CRC on chips that have one, by the check bits of its block on others. False for
    /// a factory address of zeros. Null for other fields, and when unknown.
    /// </summary>
    public bool? IsIntact { get; init; }

    /// <summary>Purpose of a key block; on the ESP32, the intended use of the block. Null for other fields.</summary>
    public string? Purpose { get; init; }

    /// <summary>
    /// True when the purpose of a key block can still change; null for other fields, and when the block determines it.
    /// </summary>
    public bool? IsPurposeWritable { get; init; }

    /// <summary>Hardware number of the block; 0 for a calculated field, as in espefuse.</summary>
    public required int Block { get; init; }

    /// <summary>Word within the block that holds the lowest bit; null for a calculated field.</summary>
    public int? Word { get; init; }

    /// <summary>Lowest bit within that word; null for a calculated field.</summary>
    public int? Bit { get; init; }

    /// <summary>Length in bits.</summary>
    public required int BitLength { get; init; }

    /// <summary><c>bool</c>, <c>uint:4</c> (bits) or <c>bytes:32</c> (bytes).</summary>
    public required string Type { get; init; }

    /// <summary>MAC, config, identity, security, flash, spi pad, usb, jtag, wdt, vdd, calibration, or user for a field of the user's own table.</summary>
    public required string Category { get; init; }

    /// <summary>Description of the field.</summary>
    public required string Description { get; init; }

    /// <summary>True when no read protection hides it.</summary>
    public required bool Readable { get; init; }

    /// <summary>True when no write protection locks it.</summary>
    public required bool Writable { get; init; }

    /// <summary>True when it is calculated from other fields.</summary>
    public bool IsCalculated { get; init; }

    /// <summary>The bytes of a key or of user data, in memory order; null for other fields, and when the chip hides them.</summary>
    public byte[]? GetBytes() => _value is byte[] bytes ? (byte[])bytes.Clone() : null;

    /// <summary>The name alone: the value may be a key.</summary>
    public override string ToString() => Name;
}
