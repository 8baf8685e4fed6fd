using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse;

/// <summary>Turns the bits wanted in a block into program commands, by the rules of its coding (efuse-rules sections 3 to 5).</summary>
internal static class EfuseBlockCloser
{
    public static IEnumerable<EfuseBlockWrite> Close(EfuseBurnQueue queue, EfuseBlockFacts block, uint[] wanted)
    {
        EfuseSnapshot snapshot = queue.Snapshot;
        IReadOnlyList<uint> present = snapshot.GetWords(block.Index);
        if (!wanted.Where((word, i) => (word & ~present[i]) != 0).Any())
        {
            return [];
        }

        if (block.Index == 0)
        {
            return SplitBlock0(snapshot, block, Missing(wanted, present));
        }

        snapshot.RequireKnownCoding();
        RequireVisibleCoding(snapshot, block);
        uint[] words = snapshot.CodingScheme switch
        {
            EfuseCodingScheme.ReedSolomon => CloseReedSolomon(queue, block, wanted, present),
            EfuseCodingScheme.ThreeQuarters => CloseThreeQuarters(block, wanted, present),
            _ => Missing(wanted, present),
        };
        return [new EfuseBlockWrite(block, words, EfuseBurnPhase.Normal)];
    }

    private static uint[] Missing(uint[] wanted, IReadOnlyList<uint> present) => [.. wanted.Select((word, i) => word & ~present[i])];

    // With the coding hidden, a chip with 3/4 coding looks like one without.
    private static void RequireVisibleCoding(EfuseSnapshot snapshot, EfuseBlockFacts block)
    {
        if (snapshot.Table.Find("CODING_SCHEME") is { } scheme && !snapshot.IsReadable(scheme))
        {
            throw new EfuseException(
                ErrorCode.EfuseCodingScheme,
                $"{block.Name} cannot be burned: this chip hides its coding scheme.",
                "Only block 0 of such a chip can still be burned.")
            { Target = block.Name };
        }
    }

    private static uint[] CloseReedSolomon(EfuseBurnQueue queue, EfuseBlockFacts block, uint[] wanted, IReadOnlyList<uint> present)
    {
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

    // A group of six bytes and its two check bytes are written once, together.
    private static uint[] CloseThreeQuarters(EfuseBlockFacts block, uint[] wanted, IReadOnlyList<uint> present)
    {
        byte[] data = EfuseBits.ToBytes(wanted);
        byte[] chip = EfuseBits.ToBytes(present);
        for (int group = 0; group < ThreeQuarterCode.Groups; group++)
        {
            IEnumerable<int> range = Enumerable.Range(group * ThreeQuarterCode.DataBytes, ThreeQuarterCode.DataBytes);
            if (range.All(i => chip[i] == 0))
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

    // Protection comes after what it protects; what ends the conversation comes last, and so does protection of just that.
    private static IEnumerable<EfuseBlockWrite> SplitBlock0(EfuseSnapshot snapshot, EfuseBlockFacts block, uint[] missing)
    {
        IEnumerable<EfuseField> lastFields = snapshot.Table.Fields.Where(field => field.Block == 0 && field.Phase == EfuseBurnPhase.Last);
        uint[] last = Mask(block, lastFields, missing);
        if (last.Any(word => word != 0))
        {
            EfuseField writeDisable = snapshot.Table.Get("WR_DIS");
            foreach (int bit in lastFields.Select(field => field.WriteDisableBit).OfType<int>())
            {
                int position = writeDisable.Ranges[0].Start + bit;
                last[position / 32] |= missing[position / 32] & (1u << (position % 32));
            }
        }

        uint[] late = Mask(block, snapshot.Table.Fields.Where(field => field.Block == 0 && field.Phase == EfuseBurnPhase.Late), missing);
        uint[] normal = [.. missing.Select((word, i) => word & ~late[i] & ~last[i])];
        late = [.. late.Select((word, i) => word & ~last[i])];
        return new[] { (normal, EfuseBurnPhase.Normal), (late, EfuseBurnPhase.Late), (last, EfuseBurnPhase.Last) }
            .Where(part => part.Item1.Any(word => word != 0))
            .Select(part => new EfuseBlockWrite(block, part.Item1, part.Item2))
            .ToList();
    }

    private static uint[] Mask(EfuseBlockFacts block, IEnumerable<EfuseField> fields, uint[] words)
    {
        uint[] mask = new uint[block.Words];
        foreach (int bit in fields.SelectMany(field => field.Ranges).SelectMany(range => Enumerable.Range(range.Start, range.Count)))
        {
            EfuseBits.Set(mask, bit);
        }

        return [.. mask.Select((word, i) => word & words[i])];
    }
}
