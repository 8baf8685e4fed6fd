namespace Esp32Tools.Chips;

/// <summary>The two kinds of eFuse controller.</summary>
public enum EfuseGeneration
{
    /// <summary>ESP32: every block has its own write registers, 3/4 coding or none.</summary>
    Esp32,

    /// <summary>All later chips: one set of write registers, Reed-Solomon coding from block 1 on.</summary>
    ReedSolomon,
}
