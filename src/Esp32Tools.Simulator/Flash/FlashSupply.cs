using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;

namespace Esp32Tools.Simulator.Flash;

/// <summary>
/// The supply of the flash where the chip makes it and leaves it off at first: it is on once the registers that switch it
/// hold what they have to.
/// </summary>
internal sealed class FlashSupply
{
    private readonly Func<uint, uint> _read;
    private readonly IReadOnlyDictionary<uint, uint> _needed;

    /// <param name="facts">How the supply is switched.</param>
    /// <param name="revision">Silicon revision, major * 100 + minor.</param>
    /// <param name="read">Gives the word at an address.</param>
    public FlashSupply(SpiFacts facts, int revision, Func<uint, uint> read)
    {
        _read = read;
        Dictionary<uint, uint> needed = [];
        foreach (RegisterStep step in facts.PowerUp?.Invoke(revision, read) ?? [])
        {
            needed.TryGetValue(step.Register, out uint before);
            needed[step.Register] = (before & ~step.Mask) | (step.Value & step.Mask);
        }

        _needed = needed;
    }

    public bool IsOn => _needed.All(word => (_read(word.Key) & word.Value) == word.Value);
}
