using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Efuse.Coding;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.Fields;

/// <summary>
/// All eFuse words of a chip, read at one moment, with the related registers. It is independent of the device: decoding and
/// planning need nothing else.
/// </summary>
public sealed class EfuseSnapshot
{
    private readonly uint[][] _words;
    private readonly IReadOnlyDictionary<uint, uint> _registers;

    /// <summary>Makes a snapshot from words.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="words">The words of every block, in hardware order, word 0 first; a block may be shorter than the chip's.</param>
    /// <param name="registers">Other registers by address: error registers, and those with the revision.</param>
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
        Revision = revision ?? chip.ReadRevision(ReadRegister);
        Table = chip.Efuse.GetTable(Revision);
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

    /// <summary>Coding of the blocks after block 0.</summary>
    public EfuseCodingScheme CodingScheme { get; }

    /// <summary>The fields of the chip at its revision.</summary>
    public EfuseTable Table { get; }

    /// <summary>The same chip with additional fields after its own.</summary>
    internal EfuseSnapshot With(IEnumerable<EfuseField> fields) => new(this, Table.With(fields, Revision));

    /// <summary>The words of a block, word 0 first. A read-protected block is zero.</summary>
    /// <param name="block">Hardware number of the block.</param>
    public IReadOnlyList<uint> GetWords(int block) => Array.AsReadOnly(_words[block]);

    /// <summary>Number of data bits in a block.</summary>
    /// <param name="block">Hardware number of the block.</param>
    public int GetBlockLength(int block) => CodingScheme == EfuseCodingScheme.ThreeQuarters && block > 0 ? 192 : _words[block].Length * 32;

    /// <summary>Length of a field in bits, on this chip.</summary>
    public int GetBitLength(EfuseField field) =>
        field.Display == EfuseDisplay.MajorRevision ? field.BitLength + (Chip.Identity.MajorRevisionHigh?.Parts.Sum(part => part.Width) ?? 0)
        : field.IsWholeBlock ? GetBlockLength(field.Block)
        : field.BitLength;

    /// <summary>The bits of a field as little-endian bytes.</summary>
    public byte[] GetBytes(EfuseField field) => EfuseBits.Gather(_words[field.Block], field.Ranges, GetBitLength(field));

    /// <summary>The number in a field of up to 64 bits.</summary>
    public ulong GetNumber(EfuseField field) => EfuseBits.ToNumber(GetBytes(field));

    /// <summary>The number in a field of up to 64 bits.</summary>
    /// <exception cref="EfuseException"><see cref="ErrorCode.EfuseNotFound"/></exception>
    public ulong GetNumber(string field) => GetNumber(Table.Get(field));

    /// <summary>
    /// The number in the field of a role, with its <see cref="EfuseField.HighField"/>; 0 when the chip has no such field.
    /// </summary>
    public ulong GetNumber(EfuseRole role) => Table.Find(role) is { } field ? GetWholeNumber(field) : 0;

    /// <summary>The purpose of a key block, as a number; null when the block has none.</summary>
    /// <param name="block">Hardware number of the block.</param>
    public ulong? GetPurpose(int block) => Table.FindPurposeOf(block) is { } field ? GetWholeNumber(field) : null;

    /// <summary>The number in a field together with that in its <see cref="EfuseField.HighField"/>.</summary>
    public ulong GetWholeNumber(EfuseField field) => EfuseBits.ToNumber(EfuseBits.Gather(_words[field.Block], Table.GetWholeRanges(field), GetWholeBitLength(field)));

    /// <summary>Length of a field together with its <see cref="EfuseField.HighField"/>.</summary>
    internal int GetWholeBitLength(EfuseField field) => GetBitLength(field) + (field.HighField is { } high ? Table.Get(high).BitLength : 0);

    /// <summary>True when no read protection hides the field.</summary>
    public bool IsReadable(EfuseField field) => field.ReadDisableBits.All(bit => !IsReadDisabled(bit));

    /// <summary>True when no write protection locks the field.</summary>
    public bool IsWritable(EfuseField field) => field.WriteDisableBit is not { } bit || !IsWriteDisabled(bit);

    /// <summary>True when this bit of RD_DIS is set.</summary>
    public bool IsReadDisabled(int bit) => (GetNumber(EfuseRole.ReadDisable) >> bit & 1) != 0;

    /// <summary>True when this bit of WR_DIS is set.</summary>
    public bool IsWriteDisabled(int bit) => (GetNumber(EfuseRole.WriteDisable) >> bit & 1) != 0;

    /// <summary>True when the field exists on this chip: only calibrated chips have calibration data.</summary>
    public bool IsVisible(EfuseField field) =>
        (field.MinBlockVersion is not { } version || BlockVersion >= (ulong)version)
        && (field.RequiredField is not { } required || GetNumber(required) != 0);

    /// <summary>The state of each block according to the chip's own check bits, without the blocks that have none.</summary>
    public IReadOnlyList<EfuseBlockStatus> GetBlockStatuses() => EfuseErrors.Decode(Chip, CodingScheme, ReadRegister);

    /// <summary>True when the chip's check bits report errors in the block.</summary>
    internal bool HasCodingErrors(int block) => GetBlockStatuses().Any(status => status.Block == block && !status.IsClean);

    /// <summary>Decodes the fields.</summary>
    /// <param name="includeHidden">True to decode calibration fields even when the chip was not calibrated.</param>
    /// <exception cref="EfuseException"><see cref="ErrorCode.EfuseCodingScheme"/>: an undocumented scheme.</exception>
    public IReadOnlyList<Esp32Efuse> Decode(bool includeHidden = false)
    {
        RequireKnownCoding();
        EfuseDecoder decoder = new(this);
        return [.. Table.Fields.Where(field => includeHidden || IsVisible(field)).Select(decoder.Decode)];
    }

    /// <summary>The same chip with other words.</summary>
    /// <param name="getWord">Returns a word by the hardware number of its block and its index.</param>
    internal EfuseSnapshot WithWords(Func<int, int, uint> getWord)
    {
        uint[][] words = [.. Chip.Efuse.Blocks.Select(block => Enumerable.Range(0, block.Words).Select(word => getWord(block.Index, word)).ToArray())];
        EfuseSnapshot other = new(Chip, words, _registers, Revision);
        EfuseBits.Clear(words);
        return other;
    }

    /// <summary>Overwrites the words.</summary>
    internal void Clear() => EfuseBits.Clear(_words);

    /// <summary>Access to the eFuses by role.</summary>
    internal EfuseView View => new(Chip, Revision, ReadRegister);

    /// <summary>The word at an address of the eFuses or of the registers read with them; 0 for any other address.</summary>
    internal uint ReadRegister(uint address)
    {
        return Locate(address, out int block, out int word) ? _words[block][word]
            : _registers.TryGetValue(address, out uint value) ? value
            : 0;
    }

    /// <summary>Finds the block and word at an address; false when it is not in a block.</summary>
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
            { Target = Table.Get(EfuseRole.CodingScheme).Name };
        }
    }

    /// <summary>Version of the factory data, major * 100 + minor.</summary>
    internal ulong BlockVersion => (100 * GetNumber(EfuseRole.BlockVersionMajor)) + GetNumber(EfuseRole.BlockVersionMinor);

    // efuse-rules.md, section 1: 3 counts as none.
    private EfuseCodingScheme ReadCodingScheme() => GetNumber(EfuseRole.CodingScheme) switch
    {
        1 => EfuseCodingScheme.ThreeQuarters,
        2 => EfuseCodingScheme.Repeat,
        _ => EfuseCodingScheme.None,
    };
}
