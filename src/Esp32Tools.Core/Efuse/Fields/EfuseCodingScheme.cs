namespace Esp32Tools.Efuse.Fields;

/// <summary>Coding of the blocks after block 0.</summary>
public enum EfuseCodingScheme
{
    /// <summary>ESP32: no coding; 256 bits per block, bits may be added at any time.</summary>
    None,

    /// <summary>ESP32: six bytes carry two check bytes; 192 bits per block, each group of six bytes is written once.</summary>
    ThreeQuarters,

    /// <summary>ESP32: every bit is stored twice. No chip with it is known, and nothing here burns it.</summary>
    Repeat,

    /// <summary>Later chips: Reed-Solomon, 256 bits per block, each block is written once.</summary>
    ReedSolomon,
}
