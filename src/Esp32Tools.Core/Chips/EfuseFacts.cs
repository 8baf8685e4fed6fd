using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Errors;

namespace Esp32Tools.Chips;

/// <summary>The eFuse controller: its registers and its generation. Offsets are from <see cref="Base"/>.</summary>
public sealed class EfuseFacts
{
    /// <summary>Address of the controller.</summary>
    public required uint Base { get; init; }

    /// <summary>Other addresses at which the same registers answer; none for most chips.</summary>
    public IReadOnlyList<uint> Aliases { get; init; } = [];

    /// <summary>Generation of the controller; it decides on the burn sequence.</summary>
    public EfuseGeneration Generation { get; init; } = EfuseGeneration.ReedSolomon;

    /// <summary>Configuration register: 0x5A5A to program, 0x5AA5 to read. Nearly all newer chips have it here.</summary>
    public uint Conf { get; init; } = 0x1CC;

    /// <summary>Command register.</summary>
    public required uint Command { get; init; }

    /// <summary>Clock register. Nearly all newer chips have it here.</summary>
    public uint Clock { get; init; } = 0x1C8;

    /// <summary>DAC configuration.</summary>
    public required uint DacConf { get; init; }

    /// <summary>ESP32: decoding status of the 3/4 coding. 0 elsewhere.</summary>
    public uint DecodeStatus { get; init; }

    /// <summary>Newer chips: power-on timing. 0 on the ESP32.</summary>
    public uint WriteTiming1 { get; init; }

    /// <summary>Newer chips: power-off timing. 0 on the ESP32.</summary>
    public uint WriteTiming2 { get; init; }

    /// <summary>Newer chips: the words of bit errors in block 0; empty on the ESP32. Nearly all have them here.</summary>
    public IReadOnlyList<uint> RepeatErrors { get; init; } = [0x17C, 0x180, 0x184, 0x188, 0x18C];

    /// <summary>The blocks, in hardware order.</summary>
    public required IReadOnlyList<EfuseBlockFacts> Blocks { get; init; }

    /// <summary>
    /// Highest value of a purpose field to which users may give a meaning of their own, unless a purpose has it; 0 where the
    /// vendor provides none.
    /// </summary>
    public int HighestCustomPurpose { get; init; }

    /// <summary>Crystal frequencies in MHz for which the burn timings are known.</summary>
    public required IReadOnlyList<int> CrystalsMHz { get; init; }

    /// <summary>Required values of the clock and timing registers before a burn; empty where their reset values are right.</summary>
    public IReadOnlyList<EfuseTiming> BurnTiming { get; init; } = [];

    /// <summary>Size of the controller's register space in dumps, in bytes.</summary>
    public int RegisterSpace { get; init; } = 0x200;

    /// <summary>
    /// Size of the controller's address space in bytes: up to the start of the next peripheral. Beyond its registers a
    /// bus may mirror them.
    /// </summary>
    public int Window { get; init; } = 0x400;

    /// <summary>Name of the embedded field table: for every revision, or for those before the first of <see cref="TableVariants"/>.</summary>
    public required string Table { get; init; }

    /// <summary>Tables of later silicon, lowest revision first; empty where one table serves all.</summary>
    public IReadOnlyList<EfuseTableVariant> TableVariants { get; init; } = [];

    /// <summary>The fields of a silicon revision.</summary>
    /// <param name="revision">Silicon revision, major * 100 + minor.</param>
    /// <exception cref="EfuseException"><see cref="ErrorCode.ChipUnsupported"/>: there is no such table.</exception>
    public EfuseTable GetTable(int revision) => EfuseTables.Get(GetTableName(revision), revision, [.. Blocks.Select(block => block.Words)]);

    /// <summary>True when at least one silicon revision of the chip has a field of the role.</summary>
    public bool Has(EfuseRole role) =>
        TableVariants.Select(variant => variant.FromRevision).Prepend(0).Any(revision => GetTable(revision).Find(role) is not null);

    /// <summary>The registers that show bits of a block.</summary>
    /// <param name="block">Number of the block in hardware.</param>
    /// <param name="ranges">The bits, lowest first.</param>
    internal BitField Place(int block, IEnumerable<EfuseBitRange> ranges)
    {
        uint start = Base + Blocks[block].ReadOffset;
        List<BitPart> parts = [];
        foreach (EfuseBitRange range in ranges)
        {
            int end = range.Start + range.Count;
            for (int bit = range.Start; bit < end; bit = ((bit / 32) + 1) * 32)
            {
                parts.Add(new BitPart(start + (4 * (uint)(bit / 32)), bit % 32, Math.Min(end, ((bit / 32) + 1) * 32) - bit));
            }
        }

        return new BitField([.. parts]);
    }

    /// <summary>Name of the file with the fields of a silicon revision.</summary>
    /// <param name="revision">Silicon revision, major * 100 + minor.</param>
    internal string GetTableName(int revision)
    {
        string table = Table;
        foreach (EfuseTableVariant variant in TableVariants)
        {
            if (revision >= variant.FromRevision)
            {
                table = variant.Table;
            }
        }

        return table;
    }
}
