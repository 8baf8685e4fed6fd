using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse;

/// <summary>
/// Chooses a block for a key when nobody named one: the block that holds this very key for this purpose, or else the
/// first that is readable, writable, all zero, of purpose USER and named by no other request (efuse-rules section 7).
/// </summary>
internal static class FreeKeyBlock
{
    /// <param name="queue">The plan so far.</param>
    /// <param name="purpose">What the key is for.</param>
    /// <param name="bytes">The key as it is stored.</param>
    /// <param name="after">The block with the other half of the key: the search starts behind it; null to start with the first.</param>
    public static EfuseBlockFacts Find(EfuseBurnQueue queue, KeyPurpose purpose, byte[] bytes, EfuseBlockFacts? after)
    {
        EfuseSnapshot snapshot = queue.Snapshot;
        List<EfuseBlockFacts> candidates = [.. queue.Chip.Efuse.Blocks
            .Where(block => block.KeyPurposeField is not null && block != after && !purpose.NotInBlocks.Contains(block.Name))
            .OrderBy(block => after is not null && block.Index < after.Index)];
        if (candidates.FirstOrDefault(block => Purpose(queue, block) == (ulong)purpose.Id! && EfuseBits.ToBytes(snapshot.GetWords(block.Index)).SequenceEqual(bytes)) is { } same)
        {
            return same;
        }

        // A second run of the same script must not fill the next block with the same key. Where there is another half,
        // that one has settled it.
        if (after is null && candidates.FirstOrDefault(block => Purpose(queue, block) == (ulong)purpose.Id! && IsHidden(snapshot, block)) is { } hidden)
        {
            throw new EfuseException(
                ErrorCode.KeyBlockInUse,
                $"{hidden.Name} holds a key for {purpose.Name} that is read protected and cannot be compared with this one.",
                "Name the block if this chip shall get another key for this purpose.")
            { Target = hidden.Name };
        }

        return candidates.FirstOrDefault(block => IsFree(queue, block)) ?? throw new EfuseException(
            ErrorCode.KeyBlockNotFree,
            $"No key block of this {queue.Chip.Name} is free for {purpose.Name}.",
            "A free block is empty, neither read nor write protected, and its purpose is USER and not locked.")
        { Target = purpose.Name };
    }

    private static bool IsFree(EfuseBurnQueue queue, EfuseBlockFacts block) =>
        !IsHidden(queue.Snapshot, block)
        && !queue.Snapshot.IsWriteDisabled(block.WriteDisableBit!.Value)
        && queue.Snapshot.GetWords(block.Index).All(word => word == 0)
        && queue.IsUntouched(block.Index)
        && !queue.IsNamed(block.Index)
        && Purpose(queue, block) == 0
        && queue.Snapshot.IsWritable(queue.Snapshot.Table.Get(block.KeyPurposeField!));

    private static bool IsHidden(EfuseSnapshot snapshot, EfuseBlockFacts block) => block.ReadDisableBit is { } bit && snapshot.IsReadDisabled(bit);

    private static ulong Purpose(EfuseBurnQueue queue, EfuseBlockFacts block) => queue.NumberAfter(queue.Snapshot.Table.Get(block.KeyPurposeField!));
}
