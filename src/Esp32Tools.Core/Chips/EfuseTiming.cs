namespace Esp32Tools.Chips;

/// <summary>A field of a clock or timing register of the eFuse controller, and its required value before a burn.</summary>
/// <param name="Register">Offset of the register from the controller's base.</param>
/// <param name="Mask">Bits of the field.</param>
/// <param name="Value">Required value of these bits, in place.</param>
/// <param name="CrystalMHz">Crystal frequency to which it applies, in MHz; 0 for all.</param>
public readonly record struct EfuseTiming(uint Register, uint Mask, uint Value, int CrystalMHz = 0);
