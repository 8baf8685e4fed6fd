namespace Esp32Tools.Chips;

/// <summary>The part of a key block that a key takes.</summary>
public enum KeyBlockPart
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary>The lower half, bits 0 to 127 (ESP32-C2).</summary>
    Lower,

    /// <summary>The upper half, bits 128 to 255 (ESP32-C2). A longer digest is cut to its first 16 bytes.</summary>
    Upper,
}
