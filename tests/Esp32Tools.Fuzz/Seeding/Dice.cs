using System;
using System.Collections.Generic;

namespace Esp32Tools.Fuzz.Seeding;

/// <summary>
/// Numbers that are the same for the same seed on every runtime, which those of <see cref="Random"/> need not be.
/// Source: Marsaglia, Xorshift RNGs, 2003; xorshift64*.
/// </summary>
internal sealed class Dice
{
    private ulong _state;

    public Dice(ulong seed) => _state = (seed * 0x9E37_79B9_7F4A_7C15) | 1;

    /// <summary>A number from 0 to below a bound.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    public bool OneIn(int count) => Below(count) == 0;

    public byte Byte() => (byte)Next();

    public T Of<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    private ulong Next()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return (_state * 0x2545_F491_4F6C_DD1D) >> 11;
    }
}
