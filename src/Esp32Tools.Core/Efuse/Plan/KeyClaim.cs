using System.Collections.Generic;
using Esp32Tools.Chips;
using Esp32Tools.Efuse.Fields;

namespace Esp32Tools.Efuse.Plan;

/// <summary>A key that a plan puts into a block, or into half of one.</summary>
internal sealed class KeyClaim
{
    /// <param name="purpose">Purpose of the key; null when blocks take bytes without a purpose.</param>
    /// <param name="slot">Its place in the block.</param>
    /// <param name="words">The words of the whole block, with only this key. A copy is taken.</param>
    public KeyClaim(KeyPurpose? purpose, KeyWords slot, IEnumerable<uint> words)
    {
        Purpose = purpose;
        Slot = slot;
        Words = [.. words];
    }

    public KeyPurpose? Purpose { get; }

    public KeyWords Slot { get; }

    public uint[] Words { get; }

    /// <summary>True when the request leaves the key readable.</summary>
    public bool LeaveReadable { get; init; }
}
