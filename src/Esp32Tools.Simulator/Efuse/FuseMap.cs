using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Simulator.Efuse;

/// <summary>
/// The chip's eFuse table as the silicon has it: the places of the fields, and the bits that each disable bit locks or
/// hides. No other code here reads the table.
/// </summary>
internal sealed class FuseMap
{
    private readonly EfuseTable _table;

    /// <param name="chip">The chip.</param>
    /// <param name="revision">Silicon revision, major * 100 + minor: fields may come and go with it.</param>
    public FuseMap(ChipDefinition chip, int revision)
    {
        _table = chip.Efuse.GetTable(revision);
        EfuseField[] fields = [.. _table.Fields.Where(field => !field.IsCalculated)];

        // The other blocks are locked whole: their check bytes would not fit a part of them.
        WriteProtection = [.. Merge(fields.Where(field => field is { Block: 0, WriteDisableBit: not null }), field => field.WriteDisableBit!.Value)];

        // A field with several disable bits has a part for each of them, and these parts are fields as well.
        ReadProtection = [.. Merge(fields.Where(field => field.ReadDisableBits.Count == 1), field => field.ReadDisableBits[0])];
    }

    /// <summary>The bits of block 0 that the bits of WR_DIS lock.</summary>
    public IReadOnlyList<FuseProtection> WriteProtection { get; }

    /// <summary>The bits that the bits of RD_DIS hide.</summary>
    public IReadOnlyList<FuseProtection> ReadProtection { get; }

    /// <summary>Bits of RD_DIS, lowest first, as bits of block 0.</summary>
    public IReadOnlyList<int> ReadDisableBits => Find(EfuseRole.ReadDisable)!.Bits;

    /// <summary>Finds a field by its name in the table; null when this chip has none.</summary>
    public FuseBits? Find(string name) => _table.Find(name) is { } field ? new FuseBits(field.Block, [.. Bits(field)]) : null;

    /// <summary>Finds a field by its function; null when this chip has none.</summary>
    public FuseBits? Find(EfuseRole role) => Whole(_table.Find(role));

    /// <summary>Finds the purpose of a key block; null when the block has none.</summary>
    public FuseBits? FindPurposeOf(int block) => Whole(_table.FindPurposeOf(block));

    /// <summary>The field with the check sum of a MAC address; null when there is none.</summary>
    public FuseBits? FindCheckOf(EfuseRole role) => _table.Find(role)?.CrcField is { } check ? Find(check) : null;

    private static IEnumerable<FuseProtection> Merge(IEnumerable<EfuseField> fields, Func<EfuseField, int> disableBit) =>
        from field in fields
        from bit in Bits(field)
        group bit by (Disable: disableBit(field), field.Block, Word: bit / 32) into word
        orderby word.Key
        select new FuseProtection(word.Key.Disable, word.Key.Block, word.Key.Word, word.Aggregate(0u, (mask, bit) => mask | (1u << (bit % 32))));

    private FuseBits? Whole(EfuseField? field) => field is null ? null : new FuseBits(field.Block, [.. Bits(_table.GetWholeRanges(field))]);

    private static IEnumerable<int> Bits(EfuseField field) => Bits(field.Ranges);

    private static IEnumerable<int> Bits(IEnumerable<EfuseBitRange> ranges) => ranges.SelectMany(range => Enumerable.Range(range.Start, range.Count));
}
