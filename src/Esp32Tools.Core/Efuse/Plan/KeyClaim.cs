using System.Collections.Generic;
using Esp32Tools.Chips;

namespace Esp32Tools.Efuse.Plan;

/// <summary>A key that a plan puts into a block, or into half of one.</summary>
internal sealed class KeyClaim
{
    /// <param name="purpose">What the key is for; null where blocks take bytes without a purpose.</param>
    /// <param name="slot">Where in the block it is.</param>
    /// <param name="words">The words of the whole block, with nothing but this key in it. A copy is taken.</param>
    public KeyClaim(KeyPurpose? purpose, KeyWords slot, IEnumerable<uint> words)
    {
        Purpose = purpose;
        Slot = slot;
        Words = [.. words];
    }

    public KeyPurpose? Purpose { get; }

    public KeyWords Slot { get; }

    public uint[] Words { get; }

    /// <summary>True when whoever asks for the key asks to leave it readable.</summary>
    public bool LeaveReadable { get; init; }
}
