using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Compat;
using Esp32Tools.Simulator.Faults;
using Esp32Tools.Simulator.Memory;

namespace Esp32Tools.Simulator.Efuse;

/// <summary>
/// The common part of both kinds of eFuse controller: fuses that only go from 0 to 1, read registers that show them as
/// of the last reset or read command, and the configuration and command registers (efuse-rules.md, sections 1 and 2).
/// </summary>
internal abstract class EfuseController : IBusDevice
{
    private const uint Space = 0x200;
    private const uint ProgramKey = 0x5A5A;
    private const uint ReadKey = 0x5AA5;
    private const uint ReadCommand = 1;
    private const uint ProgramCommand = 2;
    private const uint BusyMask = 3;

    // A poll right after the command still finds it running, as in the recordings.
    private const int BusyPolls = 1;

    private readonly uint[] _words = new uint[Space / 4];
    private int _busyPolls;

    protected EfuseController(ChipDefinition chip, FuseMap map)
    {
        Facts = chip.Efuse;
        Map = map;
        Fuses = [.. Facts.Blocks.Select(block => new byte[RawLength(block)])];
    }

    /// <summary>The controller of a chip with its fuses blank.</summary>
    public static EfuseController Create(ChipDefinition chip, FuseMap map) => chip.Efuse.Generation == EfuseGeneration.Esp32
        ? new Esp32EfuseController(chip, map)
        : new ReedSolomonEfuseController(chip, map);

    protected EfuseFacts Facts { get; }

    /// <summary>The faults of burns; null for none.</summary>
    public Func<FaultEngine?>? Faults { get; set; }

    /// <summary>Called when a burn has changed fuses; null for none.</summary>
    public Action? Burned { get; set; }

    /// <summary>True when the supply dipped in the middle of a burn, until the chip has restarted.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The places of the fields. A chip whose fuses turn out to be of another revision gets another map.</summary>
    public FuseMap Map { get; set; }

    /// <summary>The fuses of each block as they are in silicon, check bytes included.</summary>
    public IReadOnlyList<byte[]> Fuses { get; }

    public bool Owns(uint address) => Bases.Any(start => address >= start && address < start + Space);

    public uint Read(uint address)
    {
        uint offset = OffsetOf(address);
        uint value = this[offset];
        if (offset == Facts.Command && _busyPolls > 0 && --_busyPolls == 0)
        {
            this[offset] = 0;
        }

        return value;
    }

    public void Write(uint address, uint value)
    {
        uint offset = OffsetOf(address);
        if (IsReadOnly(offset))
        {
            return;
        }

        this[offset] = value;
        if (offset != Facts.Command)
        {
            return;
        }

        uint key = this[Facts.Conf] & 0xFFFF;
        uint command = value & BusyMask;
        if (command == ProgramCommand && key == ProgramKey)
        {
            Program((int)(value >> 2) & 0xF, Faults?.Invoke());
        }
        else if (command == ReadCommand && key == ReadKey)
        {
            Refresh();
        }
        else
        {
            // A command without its key does nothing and ends at once.
            this[offset] = 0;
            return;
        }

        _busyPolls = BusyPolls;
    }

    /// <summary>Copies the fuses into the read registers, as a reset and the read command do.</summary>
    public void Refresh()
    {
        IsBroken = false;
        foreach (EfuseBlockFacts block in Facts.Blocks)
        {
            byte[] data = Decode(block);
            // Where the halves are hidden separately, their fields show it.
            bool hidden = block is { ReadDisableBit: int bit, UpperHalfReadDisableBit: null } && ReadDisabled(bit);
            for (int word = 0; word < block.Words; word++)
            {
                this[block.ReadOffset + (4 * (uint)word)] = hidden ? 0 : LittleEndian.ReadUInt32(data, 4 * word);
            }
        }

        foreach (FuseProtection hidden in Map.ReadProtection.Where(hidden => ReadDisabled(hidden.Bit)))
        {
            this[Facts.Blocks[hidden.Block].ReadOffset + (4 * (uint)hidden.Word)] &= ~hidden.Mask;
        }
    }

    /// <summary>A field as it is in silicon, at most its first 32 bits; 0 when this chip has no field of that name.</summary>
    public uint Field(string name) => Read(Map.Find(name));

    /// <summary>A field as it is in silicon, by its function; 0 when this chip has none.</summary>
    public uint Field(EfuseRole role) => Read(Map.Find(role));

    /// <summary>A field as the read registers show it, which is as of the last reset or read command; 0 when this chip has none.</summary>
    public uint Shown(EfuseRole role) => Map.Find(role) is { } field
        ? field.Bits.Select((bit, i) => (this[Facts.Blocks[field.Block].ReadOffset + (4 * (uint)(bit / 32))] >> (bit % 32) & 1) << i).Aggregate(0u, (sum, bit) => sum | bit)
        : 0;

    /// <summary>The purpose of a key block as it is in silicon; null when the block has none.</summary>
    public uint? PurposeOf(int block) => Map.FindPurposeOf(block) is { } field ? Read(field) : null;

    private uint Read(FuseBits? field)
    {
        uint value = 0;
        if (field is not null)
        {
            byte[] data = DataOf(field.Block);
            for (int i = field.Bits.Count - 1; i >= 0; i--)
            {
                value = (value << 1) | (uint)(data[field.Bits[i] / 8] >> (field.Bits[i] % 8) & 1);
            }
        }

        return value;
    }

    /// <summary>The data of a block as it is in silicon, hidden or not, at the length that its coding allows.</summary>
    public byte[] DataOf(int block)
    {
        byte[] data = block == 0 ? Fuses[0] : Decode(Facts.Blocks[block]);
        byte[] copy = new byte[DataLength(Facts.Blocks[block])];
        Buffer.BlockCopy(data, 0, copy, 0, copy.Length);
        return copy;
    }

    /// <summary>A word of block 0 as it is in silicon, which is the value the chip itself uses.</summary>
    protected uint Block0(int word) => LittleEndian.ReadUInt32(Fuses[0], 4 * word);

    /// <summary>Puts data into a block that is assumed blank, coded as the chip would have it.</summary>
    public abstract void Store(int block, byte[] data);

    /// <summary>Takes the fuses from a controller file of espefuse's virtual mode (efuse-rules.md, section 9).</summary>
    public void LoadVirtualFile(byte[] file)
    {
        byte[] registers = (byte[])file.Clone();
        Array.Reverse(registers);

        // Block 0 first: it holds the coding scheme that the others are stored in.
        foreach (EfuseBlockFacts block in Facts.Blocks)
        {
            byte[] data = new byte[4 * block.Words];
            Buffer.BlockCopy(registers, (int)block.ReadOffset, data, 0, data.Length);
            Array.Clear(Fuses[block.Index], 0, Fuses[block.Index].Length);
            Store(block.Index, data);
        }

        Refresh();
    }

    /// <summary>All the fuses in one array, block after block.</summary>
    public byte[] Save() => [.. Fuses.SelectMany(block => block)];

    /// <summary>Length of the result of <see cref="Save"/>, in bytes.</summary>
    public int SavedLength => Fuses.Sum(block => block.Length);

    public void Load(byte[] saved)
    {
        Restore(saved);
        Refresh();
    }

    protected uint this[uint offset]
    {
        get => _words[offset / 4];
        set => _words[offset / 4] = value;
    }

    /// <summary>Size of a block in silicon, in bytes.</summary>
    protected abstract int RawLength(EfuseBlockFacts block);

    /// <summary>Size of a block's data, in bytes.</summary>
    protected virtual int DataLength(EfuseBlockFacts block) => 4 * block.Words;

    /// <summary>Returns the data of a block and sets the error registers from its coding errors.</summary>
    protected abstract byte[] Decode(EfuseBlockFacts block);

    /// <summary>Burns the content of the write registers.</summary>
    /// <param name="block">Block the command names; meaningless to a controller that burns all at once.</param>
    protected abstract void Program(int block);

    protected bool WriteDisabled(int bit) => (Block0(0) >> bit & 1) != 0;

    /// <summary>Burns words of the write registers into a block, unless its disable bit forbids it.</summary>
    protected void Burn(EfuseBlockFacts block, uint firstRegister, int words)
    {
        if (block.WriteDisableBit is int bit && WriteDisabled(bit))
        {
            return;
        }

        byte[] fuses = Fuses[block.Index];
        uint[] locked = block.Index == 0 ? LockedBits(words) : new uint[words];
        for (int word = 0; word < words; word++)
        {
            uint bits = this[firstRegister + (4 * (uint)word)] & ~locked[word];
            LittleEndian.WriteUInt32(fuses, 4 * word, LittleEndian.ReadUInt32(fuses, 4 * word) | bits);
        }
    }

    // The read registers keep their values until the next reset or read command.
    private void Restore(byte[] saved)
    {
        int offset = 0;
        foreach (byte[] block in Fuses)
        {
            Buffer.BlockCopy(saved, offset, block, 0, block.Length);
            offset += block.Length;
        }
    }

    private void Program(int block, FaultEngine? faults)
    {
        bool breaks = faults?.BreaksBurn() == true;
        bool weakens = faults?.WeakensBurn() == true;
        byte[] before = Save();
        Program(block);
        if (breaks || weakens)
        {
            byte[] after = Save();
            int[] taken = [.. Enumerable.Range(0, 8 * after.Length).Where(bit => ((after[bit / 8] & ~before[bit / 8]) >> (bit % 8) & 1) != 0)];
            foreach (int bit in breaks ? taken.Skip(taken.Length / 2) : taken.Take(1))
            {
                after[bit / 8] &= (byte)~(1 << (bit % 8));
            }

            Restore(after);
            IsBroken = breaks;
        }

        if (Burned is not null && !Save().SequenceEqual(before))
        {
            Burned();
        }
    }

    private IEnumerable<uint> Bases => Facts.Aliases.Prepend(Facts.Base);

    private uint OffsetOf(uint address) => address - Bases.Where(start => start <= address).Max();

    private bool ReadDisabled(int bit) =>
        bit < Map.ReadDisableBits.Count && (Fuses[0][Map.ReadDisableBits[bit] / 8] >> (Map.ReadDisableBits[bit] % 8) & 1) != 0;

    private uint[] LockedBits(int words)
    {
        uint[] locked = new uint[words];
        foreach (FuseProtection protection in Map.WriteProtection.Where(protection => WriteDisabled(protection.Bit)))
        {
            locked[protection.Word] |= protection.Mask;
        }

        return locked;
    }

    private bool IsReadOnly(uint offset) =>
        Facts.Blocks.Any(block => offset >= block.ReadOffset && offset < block.ReadOffset + (4 * block.Words))
        || offset == Facts.DecodeStatus && offset != 0
        || Facts.RepeatErrors.Contains(offset);
}
