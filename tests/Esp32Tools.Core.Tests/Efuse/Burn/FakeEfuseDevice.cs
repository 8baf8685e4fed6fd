using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Core.Tests.Efuse.Burn;

/// <summary>
/// An eFuse controller at register level, with fuses that only go one way, protection that protects, and codes that
/// must be right. Its time stands still but for the waits.
/// </summary>
internal sealed class FakeEfuseDevice : IRegisterAccess, IClock
{
    private readonly ChipDefinition _chip;
    private readonly EfuseTable _table;
    private readonly Dictionary<uint, uint> _memory = [];
    private readonly uint[][] _latched;

    public FakeEfuseDevice(ChipDefinition chip, EfuseSnapshot snapshot)
    {
        _chip = chip;
        _table = snapshot.Table;
        Fuses = [.. chip.Efuse.Blocks.Select(block => snapshot.GetWords(block.Index).ToArray())];
        _latched = [.. Fuses.Select(words => (uint[])words.Clone())];
        Scheme = snapshot.CodingScheme;
    }

    /// <summary>What is in the fuses, hidden or not.</summary>
    public uint[][] Fuses { get; }

    public EfuseCodingScheme Scheme { get; }

    /// <summary>Program commands per block.</summary>
    public int[] Programmed { get; } = new int[16];

    /// <summary>All writes: offset and value.</summary>
    public List<(uint Offset, uint Value, uint Delay)> Writes { get; } = [];

    /// <summary>Bits that do not take on the first program command of a block.</summary>
    public Dictionary<int, (int Word, uint Mask)> Weak { get; } = [];

    /// <summary>Bits of a block that never take.</summary>
    public Dictionary<int, (int Word, uint Mask)> Dead { get; } = [];

    /// <summary>Called before every access; throws to break the connection.</summary>
    public Action<uint>? BeforeAccess { get; set; }

    /// <summary>True to leave a command running for ever.</summary>
    public bool Stuck { get; set; }

    public int Reads { get; private set; }

    public TimeSpan Now { get; private set; }

    public void Delay(TimeSpan duration, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Now += duration;
    }

    public void Poke(uint address, uint value) => _memory[address] = value;

    public IReadOnlyList<uint> Visible(int block) => _latched[block];

    public uint ReadRegister(uint address, CancellationToken cancellationToken)
    {
        BeforeAccess?.Invoke(address);
        Reads++;
        foreach (EfuseBlockFacts block in _chip.Efuse.Blocks)
        {
            uint start = _chip.Efuse.Base + block.ReadOffset;
            if (address >= start && address < start + (4 * (uint)block.Words))
            {
                return _latched[block.Index][(address - start) / 4];
            }
        }

        return Memory(address);
    }

    public void WriteRegister(uint address, uint value, uint mask, uint delayAfterMicroseconds, CancellationToken cancellationToken)
    {
        BeforeAccess?.Invoke(address);
        uint offset = address - _chip.Efuse.Base;
        Writes.Add((offset, value, delayAfterMicroseconds));
        _memory[address] = (Memory(address) & ~mask) | (value & mask);
        if (offset != _chip.Efuse.Command || Stuck)
        {
            return;
        }

        uint configuration = Memory(_chip.Efuse.Base + _chip.Efuse.Conf);
        if ((value & 3) == 2 && configuration == 0x5A5A)
        {
            Program((int)(value >> 2));
        }
        else if (value == 1 && configuration == 0x5AA5)
        {
            Load();
        }

        _memory[address] = 0;
    }

    private uint Memory(uint address) => _memory.TryGetValue(address, out uint value) ? value : 0;

    private uint[] WriteRegisters(uint offset, int count) => [.. Enumerable.Range(0, count).Select(i => Memory(_chip.Efuse.Base + offset + (4 * (uint)i)))];

    private void Program(int index)
    {
        uint[] protectedBits = _latched[0];
        if (_chip.Efuse.Generation == EfuseGeneration.Esp32)
        {
            foreach (EfuseBlockFacts block in _chip.Efuse.Blocks)
            {
                uint[] words = WriteRegisters(block.WriteOffset, block.Words);
                if (words.Any(word => word != 0))
                {
                    Burn(block, block.Index > 0 && Scheme == EfuseCodingScheme.ThreeQuarters ? DecodeThreeQuarters(words) : words, protectedBits);
                }
            }
        }
        else
        {
            uint[] words = WriteRegisters(0, 11);
            if (index > 0 && !IsCodeWord(words))
            {
                throw new InvalidOperationException($"The check words for block {index} are wrong.");
            }

            Burn(_chip.Efuse.Blocks[index], words, protectedBits);
        }
    }

    private void Burn(EfuseBlockFacts block, uint[] words, uint[] block0)
    {
        bool first = Programmed[block.Index]++ == 0;
        for (int i = 0; i < block.Words; i++)
        {
            uint weak = first && Weak.TryGetValue(block.Index, out (int Word, uint Mask) bits) && bits.Word == i ? bits.Mask : 0;
            uint dead = Dead.TryGetValue(block.Index, out (int Word, uint Mask) none) && none.Word == i ? none.Mask : 0;
            Fuses[block.Index][i] |= words[i] & ~Locked(block, i, block0) & ~weak & ~dead;
        }
    }

    private uint Locked(EfuseBlockFacts block, int word, uint[] block0)
    {
        ulong writeDisable = Mask("WR_DIS", block0);
        if (block.WriteDisableBit is { } bit)
        {
            return (writeDisable >> bit & 1) != 0 ? uint.MaxValue : 0;
        }

        return Bits(_table.Fields.Where(field => field.Block == 0 && field.WriteDisableBit is { } own && (writeDisable >> own & 1) != 0), word);
    }

    private static uint Bits(IEnumerable<EfuseField> fields, int word)
    {
        uint mask = 0;
        foreach (int bit in fields.SelectMany(field => field.Ranges).SelectMany(range => Enumerable.Range(range.Start, range.Count)).Where(bit => bit / 32 == word))
        {
            mask |= 1u << (bit % 32);
        }

        return mask;
    }

    private ulong Mask(string field, uint[] block0) => EfuseBits.ToNumber(EfuseBits.Gather(block0, _table.Get(field).Ranges, _table.Get(field).BitLength));

    /// <summary>What the read command, or a reset, does.</summary>
    public void Load()
    {
        ulong readDisable = Mask("RD_DIS", Fuses[0]);
        foreach (EfuseBlockFacts block in _chip.Efuse.Blocks)
        {
            for (int i = 0; i < block.Words; i++)
            {
                bool isUpper = block.UpperHalfReadDisableBit is not null && i >= block.Words / 2;
                bool hidden = (isUpper ? block.UpperHalfReadDisableBit : block.ReadDisableBit) is { } bit && (readDisable >> bit & 1) != 0;
                uint group = block.Index == 0 ? Bits(_table.Fields.Where(field => field.Block == 0 && field.ReadDisableBits.Any(own => (readDisable >> own & 1) != 0)), i) : 0;
                _latched[block.Index][i] = hidden ? 0 : Fuses[block.Index][i] & ~group;
            }
        }
    }

    // Written from the rule, not from the encoder: xor of the six bytes, and their ones weighted by place.
    private static uint[] DecodeThreeQuarters(uint[] coded)
    {
        byte[] bytes = EfuseBits.ToBytes(coded);
        List<byte> data = [];
        for (int group = 0; group < 4; group++)
        {
            byte[] six = bytes[(8 * group)..((8 * group) + 6)];
            int parity = six.Aggregate(0, (sum, octet) => sum ^ octet);
            int weight = Enumerable.Range(0, 48).Sum(bit => (six[bit / 8] >> (bit % 8) & 1) * ((bit / 8) + 1));
            if (bytes[(8 * group) + 6] != parity || bytes[(8 * group) + 7] != weight)
            {
                throw new InvalidOperationException($"The check bytes of group {group} are wrong.");
            }

            data.AddRange(six);
        }

        return [.. EfuseBits.ToWords([.. data]), 0, 0];
    }

    // A code word is zero at the twelve roots 2^0 to 2^11 of the generator.
    private static bool IsCodeWord(uint[] words)
    {
        byte[] bytes = EfuseBits.ToBytes(words);
        byte root = 1;
        for (int i = 0; i < 12; i++)
        {
            byte value = 0;
            foreach (byte octet in bytes)
            {
                value = (byte)(Times(value, root) ^ octet);
            }

            if (value != 0)
            {
                return false;
            }

            root = Times(root, 2);
        }

        return true;
    }

    private static byte Times(byte left, byte right)
    {
        int product = 0;
        for (int bit = 7; bit >= 0; bit--)
        {
            product <<= 1;
            product ^= (product & 0x100) != 0 ? 0x11D : 0;
            product ^= (right >> bit & 1) != 0 ? left : 0;
        }

        return (byte)product;
    }
}
