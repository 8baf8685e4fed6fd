using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Chips;

/// <summary>
/// A chip's eFuse fields through its registers, addressed by role. A field that a chip lacks reads as zero. Nothing is cached:
/// each query reads the registers again.
/// </summary>
public sealed class EfuseView
{
    /// <param name="chip">The chip.</param>
    /// <param name="revision">Silicon revision, major * 100 + minor; fields depend on it, except those that carry the identity.</param>
    /// <param name="readRegister">Returns the word at an address.</param>
    public EfuseView(ChipDefinition chip, int revision, Func<uint, uint> readRegister)
    {
        Chip = chip ?? throw new ArgumentNullException(nameof(chip));
        Revision = revision;
        ReadRegister = readRegister;
        Table = chip.Efuse.GetTable(revision);
    }

    /// <summary>The chip.</summary>
    public ChipDefinition Chip { get; }

    /// <summary>Silicon revision, major * 100 + minor.</summary>
    public int Revision { get; }

    /// <summary>The fields of this chip at this revision.</summary>
    public EfuseTable Table { get; }

    /// <summary>Returns the word at an address.</summary>
    public Func<uint, uint> ReadRegister { get; }

    /// <summary>The number in a field of up to 32 bits; 0 when the chip has no field of the role.</summary>
    public uint Read(EfuseRole role) => Table.Find(role) is { } field ? Read(field) : 0;

    /// <summary>The number in a field of up to 32 bits.</summary>
    public uint Read(EfuseField field) => Place(field).Read(ReadRegister);

    /// <summary>The bytes of a field, its lowest bits in the first; none when the chip has no field of the role.</summary>
    public byte[] ReadBytes(EfuseRole role) => Table.Find(role) is { } field ? Place(field).ReadBytes(ReadRegister) : [];

    /// <summary>True when a bit of the field is set.</summary>
    public bool IsSet(EfuseRole role) => Read(role) != 0;

    /// <summary>True when read protection hides the field.</summary>
    public bool IsHidden(EfuseRole role)
    {
        if (Table.Find(role) is not { ReadDisableBits: { Count: > 0 } bits })
        {
            return false;
        }

        uint hidden = Read(EfuseRole.ReadDisable);
        return bits.Any(bit => (hidden >> bit & 1) != 0);
    }

    /// <summary>True when one of the first words of a block shows data.</summary>
    /// <param name="block">Number of the block in hardware.</param>
    /// <param name="words">Number of words to check.</param>
    public bool HasData(int block, int words)
    {
        uint start = Chip.Efuse.Base + Chip.Efuse.Blocks[block].ReadOffset;
        return Enumerable.Range(0, words).Any(word => ReadRegister(start + (4 * (uint)word)) != 0);
    }

    /// <summary>A field that only one chip has, for that chip's own file; 0 when the chip has none of that name.</summary>
    internal uint Read(string field) => Table.Find(field) is { } found ? Read(found) : 0;

    private BitField Place(EfuseField field) => Chip.Efuse.Place(field.Block, Table.GetWholeRanges(field));
}
