using System;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
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
        uint[] bits = EfuseBits.Spread(bytes, [new EfuseBitRange(8 * offset, 8 * bytes.Length)], block.Words);
        Array.Clear(bytes, 0, bytes.Length);
        Add(queue, block, bits, 8 * request.Data.Length, $"{request.Data.Length} bytes at {offset}, SHA-256 {request.Data.Fingerprint}...");
        Array.Clear(bits, 0, bits.Length);
    }

    private static void Add(EfuseBurnQueue queue, EfuseBlockFacts block, uint[] bits, int length, string what)
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

        queue.Add(block, bits, length, block.Name, done ? $"is set already: {what}" : what, "As requested");
    }

    private static bool Touches(EfuseField field, uint[] bits) =>
        field.Ranges.SelectMany(range => Enumerable.Range(range.Start, range.Count)).Any(bit => EfuseBits.Get(bits, bit));

    private static EfuseException Invalid(EfuseBlockFacts block, string rule) => new(
        ErrorCode.EfuseValueInvalid,
        $"{block.Name} cannot be burned like this: {rule}.",
        "Nothing was burned.")
    { Target = block.Name };
}
