using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Efuse.Coding;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.Plan;

/// <summary>
/// Chooses a block for a key when none is named: the block that holds this key for this purpose, or in which an interrupted
/// burn of it began, or else the first block that is readable, writable, all zero, without coding errors, of purpose USER and
/// not named by another request (efuse-rules.md, section 7).
/// </summary>
internal static class FreeKeyBlock
{
    /// <param name="queue">The plan so far.</param>
    /// <param name="purpose">Purpose of the key.</param>
    /// <param name="bytes">The key as it is stored.</param>
    /// <param name="after">
    /// The block with the other half of the key: the search starts after it; null to start with the first.
    /// </param>
    public static EfuseBlockFacts Find(EfuseBurnQueue queue, KeyPurpose purpose, byte[] bytes, EfuseBlockFacts? after)
    {
        EfuseSnapshot snapshot = queue.Snapshot;
        List<EfuseBlockFacts> candidates = [.. queue.Chip.Efuse.Blocks
            .Where(block => block.HasPurpose && block != after && !purpose.NotInBlocks.Contains(block.Name))
            .OrderBy(block => after is not null && block.Index < after.Index)];
        if (candidates.FirstOrDefault(block => Purpose(queue, block) == (ulong)purpose.Id! && EfuseBits.ToBytes(snapshot.GetWords(block.Index)).SequenceEqual(bytes)) is { } same)
        {
            return same;
        }

        if (candidates.FirstOrDefault(block => IsBegun(queue, block, purpose, bytes)) is { } begun)
        {
            // When there is another half, it must be half of that key.
            return after is null && Purpose(queue, begun) is var present && present != 0 && KeyPurposeLookup.Find(queue.Chip, present) is { } other
                ? throw new EfuseException(
                    ErrorCode.KeyBlockInUse,
                    $"{begun.Name} holds this very key for {other.Name}, and its purpose is not locked: that purpose may be meant, or be half of {purpose.Name} after a burn that was interrupted.",
                    "Name the block to make it the purpose asked for, or name another one.")
                { Target = begun.Name }
                : begun;
        }

        // A second run of the same script must not fill the next block with the same key. When there is another half, that half
        // has decided this.
        if (after is null && candidates.FirstOrDefault(block => Purpose(queue, block) == (ulong)purpose.Id! && IsHidden(snapshot, block)) is { } hidden)
        {
            throw new EfuseException(
                ErrorCode.KeyBlockInUse,
                $"{hidden.Name} holds a key for {purpose.Name} that is read-protected and cannot be compared with this one.",
                "Name the block to give this chip another key for this purpose.")
            { Target = hidden.Name };
        }

        return candidates.FirstOrDefault(block => IsFree(queue, block)) ?? throw new EfuseException(
            ErrorCode.KeyBlockNotFree,
            $"No key block of this {queue.Chip.Name} is free for {purpose.Name}.",
            "A free block is empty, neither read-protected nor write-protected, and its purpose is USER and not locked.")
        { Target = purpose.Name };
    }

    private static bool IsFree(EfuseBurnQueue queue, EfuseBlockFacts block) =>
        !IsHidden(queue.Snapshot, block)
        && !queue.Snapshot.IsWriteDisabled(block.WriteDisableBit!.Value)
        && queue.Snapshot.GetWords(block.Index).All(word => word == 0)
        && !queue.Snapshot.HasCodingErrors(block.Index)
        && queue.IsUntouched(block.Index)
        && !queue.IsNamed(block.Index)
        && Purpose(queue, block) == 0
        && queue.Snapshot.IsWritable(queue.Snapshot.Table.FindPurposeOf(block.Index)!);

    // The remains of an interrupted burn: the key or a part of it, with no purpose yet or a part of this one. The burn
    // continues there; otherwise the key would stay readable in one block and be burned into another.
    private static bool IsBegun(EfuseBurnQueue queue, EfuseBlockFacts block, KeyPurpose purpose, byte[] bytes)
    {
        byte[] present = EfuseBits.ToBytes(queue.Snapshot.GetWords(block.Index));
        bool isKey = present.SequenceEqual(bytes)
            || (queue.Snapshot.HasCodingErrors(block.Index) && present.Any(octet => octet != 0) && !present.Where((octet, i) => (octet & ~bytes[i]) != 0).Any());
        return isKey
            && queue.IsUntouched(block.Index)
            && !queue.IsNamed(block.Index)
            && (Purpose(queue, block) & ~(ulong)purpose.Id!) == 0
            && queue.Snapshot.IsWritable(queue.Snapshot.Table.FindPurposeOf(block.Index)!);
    }

    private static bool IsHidden(EfuseSnapshot snapshot, EfuseBlockFacts block) => block.ReadDisableBit is { } bit && snapshot.IsReadDisabled(bit);

    private static ulong Purpose(EfuseBurnQueue queue, EfuseBlockFacts block) => queue.PurposeAfter(block) ?? 0;
}
