using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Compat;
using Esp32Tools.Simulator.Efuse;

namespace Esp32Tools.Simulator.Profiles;

/// <summary>The fuses of a fresh chip while they are put together, by the addresses at which they are read.</summary>
internal sealed class FactoryFuses
{
    private readonly EfuseFacts _facts;
    private readonly byte[][] _blocks;

    public FactoryFuses(EfuseFacts facts, byte[] mac)
    {
        _facts = facts;
        _blocks = [.. facts.Blocks.Select(block => new byte[4 * block.Words])];
        Mac = mac;
    }

    /// <summary>The factory MAC, first octet first.</summary>
    public byte[] Mac { get; }

    /// <summary>Words that belong to the revision and are no fuses, by address: bits to set.</summary>
    public Dictionary<uint, uint> OtherBits { get; } = [];

    /// <summary>Sets bits of a word of a block.</summary>
    public void Set(int block, int word, uint bits) => LittleEndian.WriteUInt32(
        _blocks[block],
        4 * word,
        LittleEndian.ReadUInt32(_blocks[block], 4 * word) | bits);

    /// <summary>Sets bits of the word at an address.</summary>
    public void Set(uint address, uint bits)
    {
        uint offset = address - _facts.Base;
        EfuseBlockFacts? block = _facts.Blocks.FirstOrDefault(
            candidate => offset >= candidate.ReadOffset && offset < candidate.ReadOffset + (4 * candidate.Words));
        if (block is null)
        {
            OtherBits[address] = (OtherBits.TryGetValue(address, out uint before) ? before : 0) | bits;
            return;
        }

        Set(block.Index, (int)(offset - block.ReadOffset) / 4, bits);
    }

    /// <summary>Sets a field.</summary>
    public void Set(BitField field, uint value)
    {
        foreach (BitPart part in field.Parts)
        {
            Set(part.Register, (value & ((1u << part.Width) - 1)) << part.Shift);
            value >>= part.Width;
        }
    }

    /// <summary>Sets the identity: MAC and revision.</summary>
    /// <param name="identity">Where they are.</param>
    /// <param name="revision">major * 100 + minor.</param>
    public void SetIdentity(IdentityFacts identity, int revision)
    {
        Set(identity.MacLow, (uint)((Mac[2] << 24) | (Mac[3] << 16) | (Mac[4] << 8) | Mac[5]));
        Set(identity.MacHigh, (uint)((Mac[0] << 8) | Mac[1]));
        int major = revision / 100;
        uint raw = identity.MajorRevisionMap?.First(pair => pair.Value == major).Key ?? (uint)major;
        Set(identity.MajorRevision, raw);
        Set(identity.MinorRevision, (uint)(revision % 100));
    }

    public void Burn(EfuseController efuse)
    {
        for (int block = 0; block < _blocks.Length; block++)
        {
            efuse.Store(block, _blocks[block]);
        }

        efuse.Refresh();
    }
}
