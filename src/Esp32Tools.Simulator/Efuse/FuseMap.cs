using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Efuse.Fields;

namespace Esp32Tools.Simulator.Efuse;

/// <summary>
/// The chip's eFuse table as the silicon has it: where the fields are, and what each disable bit locks or hides. The one
/// place here that reads the table.
/// </summary>
internal sealed class FuseMap
{
    private const string ReadDisable = "RD_DIS";

    private readonly EfuseTable _table;

    /// <param name="chip">The chip.</param>
    /// <param name="revision">Silicon revision, major * 100 + minor: fields may come and go with it.</param>
    public FuseMap(ChipDefinition chip, int revision)
    {
        _table = EfuseTable.For(chip, revision);
        EfuseField[] fields = [.. _table.Fields.Where(field => !field.IsCalculated)];

        // The other blocks are locked whole: their check bytes would not fit a part of them.
        WriteProtection = [.. Merge(fields.Where(field => field is { Block: 0, WriteDisableBit: not null }), field => field.WriteDisableBit!.Value)];

        // A field with several disable bits has a part for each of them, and these parts are fields as well.
        ReadProtection = [.. Merge(fields.Where(field => field.ReadDisableBits.Count == 1), field => field.ReadDisableBits[0])];
    }

    /// <summary>What the bits of WR_DIS lock inside block 0.</summary>
    public IReadOnlyList<FuseProtection> WriteProtection { get; }

    /// <summary>What the bits of RD_DIS hide.</summary>
    public IReadOnlyList<FuseProtection> ReadProtection { get; }

    /// <summary>Bits of RD_DIS, lowest first, as bits of block 0.</summary>
    public IReadOnlyList<int> ReadDisableBits => Find(ReadDisable)!.Bits;

    /// <summary>Finds a field by its name in the table; null when this chip has none of it.</summary>
    public FuseBits? Find(string name) => _table.Find(name) is { } field ? new FuseBits(field.Block, [.. Bits(field)]) : null;

    /// <summary>The field with the check sum of a MAC address; null when there is none.</summary>
    public FuseBits? FindCheckOf(string name) => _table.Find(name)?.CrcField is { } check ? Find(check) : null;

    private static IEnumerable<FuseProtection> Merge(IEnumerable<EfuseField> fields, Func<EfuseField, int> disableBit) =>
        from field in fields
        from bit in Bits(field)
        group bit by (Disable: disableBit(field), field.Block, Word: bit / 32) into word
        orderby word.Key
        select new FuseProtection(word.Key.Disable, word.Key.Block, word.Key.Word, word.Aggregate(0u, (mask, bit) => mask | (1u << (bit % 32))));

    private static IEnumerable<int> Bits(EfuseField field) => field.Ranges.SelectMany(range => Enumerable.Range(range.Start, range.Count));
}
