using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Efuse.UserTable;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.Fields;

/// <summary>
/// All eFuse words of a chip as they were read at one moment, with the registers that belong to them. It knows nothing
/// of a device any more: decoding and planning work on it alone.
/// </summary>
public sealed class EfuseSnapshot
{
    private const string WriteDisable = "WR_DIS";
    private const string ReadDisable = "RD_DIS";

    private readonly uint[][] _words;
    private readonly IReadOnlyDictionary<uint, uint> _registers;

    /// <summary>Makes a snapshot from words.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="words">The words of every block, in hardware order, word 0 first; a block may be shorter than the chip's.</param>
    /// <param name="registers">Other registers by address: error registers, and where the revision is.</param>
    /// <param name="revision">Silicon revision, major * 100 + minor; null to take it from the words and registers.</param>
    /// <exception cref="EfuseException"><see cref="ErrorCode.ValueInvalid"/>: the number of blocks is not the chip's.</exception>
    public EfuseSnapshot(ChipDefinition chip, IReadOnlyList<IReadOnlyList<uint>> words, IReadOnlyDictionary<uint, uint>? registers = null, int? revision = null)
    {
        Chip = chip ?? throw new ArgumentNullException(nameof(chip));
        if (words is null || words.Count != chip.Efuse.Blocks.Count)
        {
            throw new EfuseException(ErrorCode.ValueInvalid, $"The {chip.Name} has {chip.Efuse.Blocks.Count} eFuse blocks, not {words?.Count ?? 0}.");
        }

        _words = [.. chip.Efuse.Blocks.Select((block, i) => Enumerable.Range(0, block.Words).Select(word => word < words[i].Count ? words[i][word] : 0).ToArray())];
        _registers = registers ?? new Dictionary<uint, uint>();
        Revision = revision ?? ReadRevision(chip.Identity);
        Table = EfuseTable.For(chip, Revision);
        CodingScheme = chip.Efuse.Generation == EfuseGeneration.ReedSolomon ? EfuseCodingScheme.ReedSolomon : ReadCodingScheme();
    }

    private EfuseSnapshot(EfuseSnapshot other, EfuseTable table)
    {
        Chip = other.Chip;
        Revision = other.Revision;
        CodingScheme = other.CodingScheme;
        Table = table;
        _words = other._words;
        _registers = other._registers;
    }

    /// <summary>The chip.</summary>
    public ChipDefinition Chip { get; }

    /// <summary>Silicon revision, major * 100 + minor.</summary>
    public int Revision { get; }

    /// <summary>How the blocks behind block 0 are coded.</summary>
    public EfuseCodingScheme CodingScheme { get; }

    /// <summary>The fields of this chip at this revision.</summary>
    public EfuseTable Table { get; }

    /// <summary>The same chip with the user's own fields behind those of the chip.</summary>
    /// <param name="fields">The user's table.</param>
    /// <exception cref="EfuseException"><see cref="ErrorCode.EfuseFieldTableInvalid"/>: it does not fit this chip.</exception>
    public EfuseSnapshot With(UserFieldTable fields) =>
        new(this, Table.With((fields ?? throw new ArgumentNullException(nameof(fields))).Bind(this), Revision));

    /// <summary>The words of a block, word 0 first. A read-protected block is zero.</summary>
    /// <param name="block">Number of the block in hardware.</param>
    public IReadOnlyList<uint> GetWords(int block) => Array.AsReadOnly(_words[block]);

    /// <summary>Length of a block in bits that carry data.</summary>
    /// <param name="block">Number of the block in hardware.</param>
    public int GetBlockLength(int block) => CodingScheme == EfuseCodingScheme.ThreeQuarters && block > 0 ? 192 : _words[block].Length * 32;

    /// <summary>Length of a field in bits, on this chip.</summary>
    public int GetBitLength(EfuseField field) =>
        field.Display == EfuseDisplay.MajorRevision ? Chip.Identity.MajorRevision.Parts.Sum(part => part.Width)
        : field.IsWholeBlock ? GetBlockLength(field.Block)
        : field.BitLength;

    /// <summary>The bits of a field as little-endian bytes.</summary>
    public byte[] GetBytes(EfuseField field) => EfuseBits.Gather(_words[field.Block], field.Ranges, GetBitLength(field));

    /// <summary>The number in a field of up to 64 bits.</summary>
    public ulong GetNumber(EfuseField field) => EfuseBits.ToNumber(GetBytes(field));

    /// <summary>The number in a field of up to 64 bits.</summary>
    /// <exception cref="EfuseException"><see cref="ErrorCode.EfuseNotFound"/></exception>
    public ulong GetNumber(string field) => GetNumber(Table.Get(field));

    /// <summary>The number of a field together with that of its <see cref="EfuseField.HighField"/>.</summary>
    public ulong GetWholeNumber(EfuseField field) => EfuseBits.ToNumber(EfuseBits.Gather(_words[field.Block], Table.GetWholeRanges(field), GetWholeBitLength(field)));

    /// <summary>Length of a field together with its <see cref="EfuseField.HighField"/>.</summary>
    internal int GetWholeBitLength(EfuseField field) => GetBitLength(field) + (field.HighField is { } high ? Table.Get(high).BitLength : 0);

    /// <summary>True when no read protection hides the field.</summary>
    public bool IsReadable(EfuseField field) => field.ReadDisableBits.All(bit => !IsReadDisabled(bit));

    /// <summary>True when no write protection locks the field.</summary>
    public bool IsWritable(EfuseField field) => field.WriteDisableBit is not { } bit || !IsWriteDisabled(bit);

    /// <summary>True when this bit of RD_DIS is set.</summary>
    public bool IsReadDisabled(int bit) => (GetNumber(ReadDisable) >> bit & 1) != 0;

    /// <summary>True when this bit of WR_DIS is set.</summary>
    public bool IsWriteDisabled(int bit) => (GetNumber(WriteDisable) >> bit & 1) != 0;

    /// <summary>True when the field is there on this chip: calibration data exists only on parts that were calibrated.</summary>
    public bool IsVisible(EfuseField field) =>
        (field.MinBlockVersion is not { } version || BlockVersion >= (ulong)version)
        && (field.RequiredField is not { } required || GetNumber(required) != 0);

    /// <summary>What the chip's own check bits say, block by block; blocks without check bits are left out.</summary>
    public IReadOnlyList<EfuseBlockStatus> GetBlockStatuses() => EfuseErrors.Decode(Chip, CodingScheme, ReadRegister);

    /// <summary>True when the chip's check bits say that something is wrong in the block.</summary>
    internal bool HasCodingErrors(int block) => GetBlockStatuses().Any(status => status.Block == block && !status.IsClean);

    /// <summary>Decodes the fields.</summary>
    /// <param name="includeHidden">True to decode calibration fields of a part that was not calibrated as well.</param>
    /// <exception cref="EfuseException"><see cref="ErrorCode.EfuseCodingScheme"/>: a scheme that nobody has described.</exception>
    public IReadOnlyList<Esp32Efuse> Decode(bool includeHidden = false)
    {
        RequireKnownCoding();
        EfuseDecoder decoder = new(this);
        return [.. Table.Fields.Where(field => includeHidden || IsVisible(field)).Select(decoder.Decode)];
    }

    /// <summary>The same chip with other words.</summary>
    /// <param name="getWord">Gives a word by the number of its block in hardware and its own.</param>
    internal EfuseSnapshot WithWords(Func<int, int, uint> getWord)
    {
        uint[][] words = [.. Chip.Efuse.Blocks.Select(block => Enumerable.Range(0, block.Words).Select(word => getWord(block.Index, word)).ToArray())];
        EfuseSnapshot other = new(Chip, words, _registers, Revision);
        EfuseBits.Clear(words);
        return other;
    }

    /// <summary>Overwrites the words.</summary>
    internal void Clear() => EfuseBits.Clear(_words);

    /// <summary>The word at an address: of the eFuses, or of the registers that were read with them; 0 for any other.</summary>
    internal uint ReadRegister(uint address)
    {
        return Locate(address, out int block, out int word) ? _words[block][word]
            : _registers.TryGetValue(address, out uint value) ? value
            : 0;
    }

    /// <summary>Finds the block and word that an address reads; false when it is none of a block.</summary>
    internal bool Locate(uint address, out int block, out int word)
    {
        foreach (EfuseBlockFacts candidate in Chip.Efuse.Blocks)
        {
            uint start = Chip.Efuse.Base + candidate.ReadOffset;
            if (address >= start && address < start + (4 * (uint)candidate.Words))
            {
                block = candidate.Index;
                word = (int)(address - start) / 4;
                return true;
            }
        }

        block = word = 0;
        return false;
    }

    internal void RequireKnownCoding()
    {
        if (CodingScheme == EfuseCodingScheme.Repeat)
        {
            throw new EfuseException(
                ErrorCode.EfuseCodingScheme,
                $"This {Chip.Name} says that its eFuse blocks hold every bit twice, which is not supported.",
                "Read the eFuses again: a bad connection can look like this.")
            { Target = "CODING_SCHEME" };
        }
    }

    /// <summary>Version of the factory data, major * 100 + minor.</summary>
    internal ulong BlockVersion => (100 * GetNumber("BLK_VERSION_MAJOR")) + GetNumber("BLK_VERSION_MINOR");

    private int ReadRevision(IdentityFacts identity)
    {
        uint raw = identity.MajorRevision.Read(ReadRegister);
        int major = identity.MajorRevisionMap is not { } map ? (int)raw : map.TryGetValue(raw, out int mapped) ? mapped : 0;
        return (100 * major) + (int)identity.MinorRevision.Read(ReadRegister);
    }

    // efuse-rules section 1: 3 counts as none.
    private EfuseCodingScheme ReadCodingScheme() => GetNumber("CODING_SCHEME") switch
    {
        1 => EfuseCodingScheme.ThreeQuarters,
        2 => EfuseCodingScheme.Repeat,
        _ => EfuseCodingScheme.None,
    };
}
