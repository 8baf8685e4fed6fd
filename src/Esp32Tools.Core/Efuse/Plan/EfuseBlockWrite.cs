using System;
using Esp32Tools.Chips;

namespace Esp32Tools.Efuse.Plan;

/// <summary>One program command: the data words of one block, before coding.</summary>
internal sealed class EfuseBlockWrite
{
    public EfuseBlockWrite(EfuseBlockFacts block, uint[] words, EfuseBurnPhase phase)
    {
        Block = block;
        Words = words;
        Phase = phase;
    }

    public EfuseBlockFacts Block { get; }

    public uint[] Words { get; }

    public EfuseBurnPhase Phase { get; }

    public void Clear() => Array.Clear(Words, 0, Words.Length);
}
