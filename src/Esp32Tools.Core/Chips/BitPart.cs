namespace Esp32Tools.Chips;

/// <summary>One piece of a <see cref="BitField"/>.</summary>
/// <param name="Register">Address of the word.</param>
/// <param name="Shift">Lowest bit within the word.</param>
/// <param name="Width">Number of bits.</param>
public readonly record struct BitPart(uint Register, int Shift, int Width);
