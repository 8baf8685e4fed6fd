namespace Esp32Tools.Link.Loader.Messages;

/// <summary>One entry of WRITE_REG: new = (old and not mask) or (value and mask).</summary>
/// <param name="Address">Address of the word.</param>
/// <param name="Value">New bits.</param>
/// <param name="Mask">Bits to change.</param>
/// <param name="DelayMicroseconds">Time the chip waits: the ROM after the write, the stub before it.</param>
public readonly record struct RegisterWrite(uint Address, uint Value, uint Mask, uint DelayMicroseconds);
