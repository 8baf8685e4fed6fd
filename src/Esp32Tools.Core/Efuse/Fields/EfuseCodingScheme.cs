namespace Esp32Tools.Efuse.Fields;

/// <summary>How the blocks behind block 0 are coded.</summary>
public enum EfuseCodingScheme
{
    /// <summary>ESP32: not at all; 256 bits a block, bits may be added at any time.</summary>
    None,

    /// <summary>ESP32: six bytes carry two check bytes; 192 bits a block, each group of six bytes is written once.</summary>
    ThreeQuarters,

    /// <summary>ESP32: every bit twice. No part with it is known, and nothing here burns it.</summary>
    Repeat,

    /// <summary>Later chips: Reed-Solomon, 256 bits a block, each block is written once.</summary>
    ReedSolomon,
}
