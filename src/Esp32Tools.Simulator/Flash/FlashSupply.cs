using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;

namespace Esp32Tools.Simulator.Flash;

/// <summary>
/// The supply of the flash where the chip makes it and leaves it off at first: it is on once the registers that switch it
/// hold the required values.
/// </summary>
internal sealed class FlashSupply
{
    private readonly Func<uint, uint> _read;
    private readonly IReadOnlyDictionary<uint, uint> _needed;

    /// <param name="fuses">The chip, with its registers.</param>
    public FlashSupply(EfuseView fuses)
    {
        _read = fuses.ReadRegister;
        Dictionary<uint, uint> needed = [];
        foreach (RegisterStep step in fuses.Chip.Spi.PowerUp?.Invoke(fuses) ?? [])
        {
            needed.TryGetValue(step.Register, out uint before);
            needed[step.Register] = (before & ~step.Mask) | (step.Value & step.Mask);
        }

        _needed = needed;
    }

    public bool IsOn => _needed.All(word => (_read(word.Key) & word.Value) == word.Value);
}
