using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Efuse.Coding;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.Plan;

/// <summary>
/// Converts the bits wanted in a block into program commands, by the rules of its coding (efuse-rules.md, sections 3 to 5).
/// </summary>
internal static class EfuseBlockCloser
{
    public static IEnumerable<EfuseBlockWrite> Close(EfuseBurnQueue queue, EfuseBlockFacts block, uint[] wanted)
    {
        EfuseSnapshot snapshot = queue.Snapshot;
        IReadOnlyList<uint> present = snapshot.GetWords(block.Index);
        bool isWritable = block.WriteDisableBit is not { } bit || !snapshot.IsWriteDisabled(bit);
        bool hasErrors = snapshot.HasCodingErrors(block.Index) && block.Index > 0 && isWritable && wanted.Any(word => word != 0);
        if (!hasErrors && !Missing(wanted, present).Any(word => word != 0))
        {
            return [];
        }

        if (block.Index == 0)
        {
            return EfuseBlock0.Split(snapshot, block, Missing(wanted, present));
        }

        snapshot.RequireKnownCoding();
        RequireVisibleCoding(snapshot, block);
        uint[] words = snapshot.CodingScheme switch
        {
            EfuseCodingScheme.ReedSolomon => CloseReedSolomon(queue, block, wanted, present, hasErrors),
            EfuseCodingScheme.ThreeQuarters => CloseThreeQuarters(block, wanted, present, hasErrors),
            _ => Missing(wanted, present),
        };
        if (!words.Any(word => word != 0))
        {
            return [];
        }

        if (hasErrors)
        {
            queue.Warn($"{block.Name} reports coding errors, as a burn that was interrupted leaves them. It is burned again with the same data, which repairs the bits that did not burn.");
        }

        return [new EfuseBlockWrite(block, words, EfuseBurnPhase.Normal)];
    }

    private static uint[] Missing(uint[] wanted, IReadOnlyList<uint> present) => [.. wanted.Select((word, i) => word & ~present[i])];

    // With the coding hidden, a chip with 3/4 coding looks like one without.
    private static void RequireVisibleCoding(EfuseSnapshot snapshot, EfuseBlockFacts block)
    {
        if (snapshot.Table.Find(EfuseRole.CodingScheme) is { } scheme && !snapshot.IsReadable(scheme))
        {
            throw new EfuseException(
                ErrorCode.EfuseCodingScheme,
                $"{block.Name} cannot be burned: this chip hides its coding scheme.",
                "Only block 0 of such a chip can still be burned.")
            { Target = block.Name };
        }
    }

    private static uint[] CloseReedSolomon(EfuseBurnQueue queue, EfuseBlockFacts block, uint[] wanted, IReadOnlyList<uint> present, bool hasErrors)
    {
        if (hasErrors && Contains(wanted, present))
        {
            // The same code word again adds no foreign bit (efuse-rules.md, section 2, recovery).
            return [.. wanted];
        }

        if (Contains(present, wanted))
        {
            return new uint[block.Words];
        }

        if (present.Any(word => word != 0))
        {
            queue.RefuseUnlessAllowed(new EfuseException(
                ErrorCode.EfuseBlockWritten,
                $"{block.Name} is not empty, and its check bytes allow one write only.",
                "Burn all data of a block at once.")
            { Target = block.Name });
        }

        return [.. wanted.Select((word, i) => word | present[i])];
    }

    private static bool Contains(IReadOnlyList<uint> words, IReadOnlyList<uint> others) => !others.Where((word, i) => (word & ~words[i]) != 0).Any();

    // A group of six bytes and its two check bytes are written once, together; burning the same again repairs bits that did not
    // burn.
    private static uint[] CloseThreeQuarters(EfuseBlockFacts block, uint[] wanted, IReadOnlyList<uint> present, bool hasErrors)
    {
        byte[] data = EfuseBits.ToBytes(wanted);
        byte[] chip = EfuseBits.ToBytes(present);
        for (int group = 0; group < ThreeQuarterCode.Groups; group++)
        {
            IEnumerable<int> range = Enumerable.Range(group * ThreeQuarterCode.DataBytes, ThreeQuarterCode.DataBytes);
            if (range.All(i => chip[i] == 0) || (hasErrors && range.All(i => (chip[i] & ~data[i]) == 0)))
            {
                continue;
            }

            if (range.Any(i => (data[i] & ~chip[i]) != 0))
            {
                throw new EfuseException(
                    ErrorCode.EfuseCodingScheme,
                    $"Bytes {range.First()} to {range.Last()} of {block.Name} hold data, and their 3/4 coding allows one write only.",
                    "Bytes of another group of six can still be burned.")
                { Target = block.Name };
            }

            foreach (int i in range)
            {
                data[i] = 0;
            }
        }

        uint[] words = EfuseBits.ToWords(data);
        Array.Clear(data, 0, data.Length);
        return words;
    }
}
