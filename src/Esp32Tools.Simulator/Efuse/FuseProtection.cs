namespace Esp32Tools.Simulator.Efuse;

/// <summary>Bits of a block that one disable bit locks or hides.</summary>
/// <param name="Bit">Bit of WR_DIS or RD_DIS.</param>
/// <param name="Block">Hardware number of the block.</param>
/// <param name="Word">Word of that block.</param>
/// <param name="Mask">Bits of that word.</param>
internal readonly record struct FuseProtection(int Bit, int Block, int Word, uint Mask);
