namespace Esp32Tools.Efuse.Fields;

/// <summary>A run of bits in a block.</summary>
/// <param name="Start">Lowest bit; bit b is bit b % 32 of word b / 32.</param>
/// <param name="Count">Number of bits.</param>
public readonly record struct EfuseBitRange(int Start, int Count);
