namespace Esp32Tools.Simulator.Efuse;

/// <summary>Bits of block 0 that one disable bit locks (or hides).</summary>
/// <param name="Bit">Bit of WR_DIS (or RD_DIS).</param>
/// <param name="Word">Word of block 0.</param>
/// <param name="Mask">Bits of that word.</param>
internal readonly record struct FuseProtection(int Bit, int Word, uint Mask);
