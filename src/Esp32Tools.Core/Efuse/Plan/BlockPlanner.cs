using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Compat;
using Esp32Tools.Efuse.Coding;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.Plan;

/// <summary>Plans bits and bytes of a block, regardless of its fields.</summary>
internal static class BlockPlanner
{
    public static void Plan(EfuseBurnQueue queue, EfuseBitRequest request)
    {
        EfuseBlockFacts block = queue.GetBlock(request.Block);
        int length = queue.Snapshot.GetBlockLength(block.Index);
        uint[] bits = new uint[block.Words];
        foreach (int bit in request.Bits)
        {
            if (bit < 0 || bit >= length)
            {
                throw Invalid(block, $"bit {bit} is outside: it has {length} bits");
            }

            EfuseBits.Set(bits, bit);
        }

        Add(queue, block, bits, request.Bits.Distinct().Count(), $"bits {string.Join(", ", request.Bits)}");
    }

    public static void Plan(EfuseBurnQueue queue, EfuseDataRequest request)
    {
        EfuseBlockFacts block = queue.GetBlock(request.Block);
        int length = queue.Snapshot.GetBlockLength(block.Index) / 8;
        if (block.Index == 0)
        {
            throw Invalid(block, "its fields are burned by name or bit by bit");
        }

        int offset = request.Offset ?? 0;
        bool fits = request.Offset is null ? request.Data.Length == length : offset >= 0 && request.Data.Length > 0 && offset + request.Data.Length <= length;
        if (!fits)
        {
            throw Invalid(block, request.Offset is null
                ? $"it has {length} bytes, not {request.Data.Length}; a part needs an offset"
                : $"{request.Data.Length} bytes at offset {offset} do not fit its {length}");
        }

        byte[] bytes = request.Data.Reveal();
        EfuseBitRange[] ranges = [new EfuseBitRange(8 * offset, 8 * bytes.Length)];
        uint[] bits = EfuseBits.Spread(bytes, ranges, block.Words);
        uint[] mask = EfuseBits.Spread([.. Enumerable.Repeat((byte)0xFF, bytes.Length)], ranges, block.Words);
        Array.Clear(bytes, 0, bytes.Length);
        bool isMixed = RequireNoneLost(queue, block, bits, mask);
        Add(queue, block, bits, 8 * request.Data.Length, $"{request.Data.Length} bytes at {offset}, SHA-256 {request.Data.Fingerprint}...{DescribePresent(queue, block)}", isMixed);
        Array.Clear(bits, 0, bits.Length);
    }

    // Data merged with older bits is other data, as a value is. A block with check bytes takes no second write at all, and that
    // refusal says so.
    private static bool RequireNoneLost(EfuseBurnQueue queue, EfuseBlockFacts block, uint[] bits, uint[] mask)
    {
        IReadOnlyList<uint> present = queue.Snapshot.GetWords(block.Index);
        if (queue.IsAskedDifferently(block.Index, mask, bits))
        {
            throw Invalid(block, "bytes of it are asked for twice in one burn, with different bits");
        }

        bool isLost = bits.Where((word, i) => (present[i] & mask[i] & ~word) != 0).Any();
        bool isSecondWrite = queue.Snapshot.CodingScheme == EfuseCodingScheme.ReedSolomon && !queue.IsSetAlready(block.Index, bits);
        if (isLost && !isSecondWrite)
        {
            queue.RefuseUnlessAllowed(new EfuseException(
                ErrorCode.EfuseValueLacksBits,
                $"{block.Name} holds other data{DescribePresent(queue, block)}, with bits set that the new data lacks. Bits cannot be cleared: the block would become neither the one nor the other.",
                "Choose data that contains the set bits, or another block.")
            { Target = block.Name });
        }

        return isLost;
    }

    // By its fingerprint: the block may hold a key.
    private static string DescribePresent(EfuseBurnQueue queue, EfuseBlockFacts block)
    {
        byte[] present = [.. EfuseBits.ToBytes(queue.Snapshot.GetWords(block.Index)).Take(queue.Snapshot.GetBlockLength(block.Index) / 8)];
        string text = present.All(octet => octet == 0) ? string.Empty : $" (in the block now: {present.Length} bytes, SHA-256 {Fingerprint.Of(present)}...)";
        Array.Clear(present, 0, present.Length);
        return text;
    }

    private static void Add(EfuseBurnQueue queue, EfuseBlockFacts block, uint[] bits, int length, string what, bool isMixed = false)
    {
        EfuseSnapshot snapshot = queue.Snapshot;
        bool done = queue.IsSetAlready(block.Index, bits);
        if (!done)
        {
            queue.RequireBurnable(
                block.Name,
                block.WriteDisableBit is not { } write || !snapshot.IsWriteDisabled(write),
                block.ReadDisableBit is not { } read || !snapshot.IsReadDisabled(read));
            foreach (EfuseField field in snapshot.Table.Fields.Where(field => block.Index == 0 && field.Block == 0 && !field.IsCalculated && Touches(field, bits)))
            {
                queue.RequireBurnable(field.Name, snapshot.IsWritable(field), snapshot.IsReadable(field));
            }
        }

        queue.Add(block, bits, length, block.Name, done ? $"is set already: {what}" : what, "As requested", isMixed: isMixed);
    }

    private static bool Touches(EfuseField field, uint[] bits) =>
        field.Ranges.SelectMany(range => Enumerable.Range(range.Start, range.Count)).Any(bit => EfuseBits.Get(bits, bit));

    private static EfuseException Invalid(EfuseBlockFacts block, string rule) => new(
        ErrorCode.EfuseValueInvalid,
        $"{block.Name} cannot be burned like this: {rule}.",
        "Nothing was burned.")
    { Target = block.Name };
}
