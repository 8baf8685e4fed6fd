namespace Esp32Tools.Chips;

/// <summary>One step of a sequence of register writes: new = (old and not mask) or (value and mask).</summary>
/// <param name="Register">Address of the word.</param>
/// <param name="Value">New bits.</param>
/// <param name="Mask">Bits to change.</param>
/// <param name="MicrosecondsAfter">Time to wait after the write.</param>
public readonly record struct RegisterStep(uint Register, uint Value, uint Mask = uint.MaxValue, uint MicrosecondsAfter = 0);
