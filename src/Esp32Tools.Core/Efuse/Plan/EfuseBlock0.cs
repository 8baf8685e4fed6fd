using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Efuse.Coding;
using Esp32Tools.Efuse.Fields;

namespace Esp32Tools.Efuse.Plan;

/// <summary>Splits the bits wanted in block 0 into program commands, by <see cref="EfuseBurnPhase"/>.</summary>
internal static class EfuseBlock0
{
    public static IReadOnlyList<EfuseBlockWrite> Split(EfuseSnapshot snapshot, EfuseBlockFacts block, uint[] missing)
    {
        SortedDictionary<EfuseBurnPhase, uint[]> parts = [];
        foreach ((int bit, EfuseBurnPhase phase) in Phases(snapshot.Table, Bits(missing).ToList()))
        {
            if (!parts.TryGetValue(phase, out uint[] words))
            {
                parts[phase] = words = new uint[block.Words];
            }

            EfuseBits.Set(words, bit);
        }

        return [.. parts.Select(part => new EfuseBlockWrite(block, part.Value, part.Key))];
    }

    private static IEnumerable<(int Bit, EfuseBurnPhase Phase)> Phases(EfuseTable table, IReadOnlyList<int> bits)
    {
        EfuseField[] fields = [.. table.Fields.Where(field => field.Block == 0 && !field.IsCalculated)];
        EfuseField writeDisable = table.Get(EfuseRole.WriteDisable);
        EfuseField readDisable = table.Get(EfuseRole.ReadDisable);
        ILookup<EfuseBurnPhase, EfuseField> burned = fields.Where(field => bits.Any(bit => Has(field, bit))).ToLookup(field => field.Phase);
        foreach (int bit in bits)
        {
            int protection = bit - writeDisable.Ranges[0].Start;
            EfuseBurnPhase phase =
                Has(readDisable, bit) ? EfuseBurnPhase.ReadProtection
                : !Has(writeDisable, bit) ? fields.Where(field => Has(field, bit)).Select(field => field.Phase).DefaultIfEmpty(EfuseBurnPhase.Normal).Max()
                : protection == writeDisable.WriteDisableBit ? EfuseBurnPhase.WriteProtectionLock
                : protection == readDisable.WriteDisableBit ? EfuseBurnPhase.ReadProtectionLock
                : burned[EfuseBurnPhase.Last].Any(field => field.WriteDisableBit == protection) ? EfuseBurnPhase.LastLock
                : burned[EfuseBurnPhase.Closing].Any(field => field.WriteDisableBit == protection) ? EfuseBurnPhase.ClosingLock
                : EfuseBurnPhase.WriteProtection;
            yield return (bit, phase);
        }
    }

    private static IEnumerable<int> Bits(uint[] words) => Enumerable.Range(0, 32 * words.Length).Where(bit => EfuseBits.Get(words, bit));

    private static bool Has(EfuseField field, int bit) => field.Ranges.Any(range => bit >= range.Start && bit < range.Start + range.Count);
}
