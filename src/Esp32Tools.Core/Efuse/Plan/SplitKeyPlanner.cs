using System;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Efuse.Coding;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.Plan;

/// <summary>
/// Plans a key that takes two blocks: its first 32 bytes go to the block asked for, the rest to the next free one, each with
/// its own purpose (efuse-rules.md, section 7).
/// </summary>
internal static class SplitKeyPlanner
{
    private const int HalfLength = 32;

    public static void Plan(EfuseBurnQueue queue, EfuseKeyRequest request, SplitKeyPurpose purpose)
    {
        if (request.Key.Length != 2 * HalfLength)
        {
            throw new EfuseException(
                ErrorCode.KeyLength,
                $"A key for {purpose.Name} has {2 * HalfLength} bytes, not {request.Key.Length}.",
                "It fills two blocks; a key of half the length has a purpose of its own.")
            { Target = purpose.Name };
        }

        byte[] bytes = request.Key.Reveal();
        byte[] half = new byte[HalfLength];
        try
        {
            KeyPlanner planner = new(queue);
            Array.Copy(bytes, 0, half, 0, HalfLength);
            using EfuseKey first = new(half);
            Array.Copy(bytes, HalfLength, half, 0, HalfLength);
            using EfuseKey second = new(half);
            bool skips = request.SkipExisting && AreHidden(queue, purpose, request.Block);
            EfuseKeyRequest firstHalf = request with { Key = first, Purpose = purpose.First, SkipExisting = skips };
            EfuseKeyRequest secondHalf = request with { Key = second, Purpose = purpose.Second, Block = null, SkipExisting = skips };
            if (!skips && FindBesideHidden(queue, secondHalf, purpose.First, request.Block) is { } visibleSecond)
            {
                planner.Plan(secondHalf with { Block = visibleSecond.Name });
            }
            else if (!skips && FindBesideHidden(queue, firstHalf, purpose.Second, null) is { } visibleFirst && (request.Block is null || queue.GetBlock(request.Block) == visibleFirst))
            {
                planner.Plan(firstHalf with { Block = visibleFirst.Name });
            }
            else
            {
                EfuseBlockFacts block = planner.Plan(firstHalf);
                planner.Plan(secondHalf, after: block);
            }
        }
        finally
        {
            Array.Clear(bytes, 0, bytes.Length);
            Array.Clear(half, 0, half.Length);
        }
    }

    // A half of this key beside a half of another one would be a third key.
    private static bool AreHidden(EfuseBurnQueue queue, SplitKeyPurpose purpose, string? firstBlock) =>
        KeyPurposeLookup.Find(queue.Chip, purpose.First) is { } first
        && KeyPurposeLookup.Find(queue.Chip, purpose.Second) is { } second
        && HiddenKey.Find(queue, first, firstBlock) is not null
        && HiddenKey.Find(queue, second, null) is not null;

    // A burn interrupted after hiding one half: that half can no longer be compared, but was compared before it was hidden. The
    // other half must still be hidden.
    private static EfuseBlockFacts? FindBesideHidden(EfuseBurnQueue queue, EfuseKeyRequest half, string hiddenPurpose, string? hiddenName)
    {
        EfuseSnapshot snapshot = queue.Snapshot;
        KeyPurpose purpose = KeyPurposeLookup.Find(queue.Chip, half.Purpose!)!;
        byte[] bytes = half.Key.Reveal();
        try
        {
            if (purpose.Reversed)
            {
                Array.Reverse(bytes);
            }

            EfuseBlockFacts? hidden = queue.Chip.Efuse.Blocks.FirstOrDefault(block => IsHidden(block) && Holds(block, hiddenPurpose) && (hiddenName is null || queue.GetBlock(hiddenName) == block));
            EfuseBlockFacts? visible = queue.Chip.Efuse.Blocks.FirstOrDefault(block => !IsHidden(block) && Holds(block, purpose.Name) && EfuseBits.ToBytes(snapshot.GetWords(block.Index)).SequenceEqual(bytes));
            if (hidden is not null && visible is not null)
            {
                queue.Warn($"{hidden.Name} holds the other half of a key for {hiddenPurpose}, hidden already, and cannot be compared; {visible.Name} holds this half of the key.");
                return visible;
            }

            return null;
        }
        finally
        {
            Array.Clear(bytes, 0, bytes.Length);
        }

        bool IsHidden(EfuseBlockFacts block) => block.ReadDisableBit is { } bit && snapshot.IsReadDisabled(bit);
        bool Holds(EfuseBlockFacts block, string name) => snapshot.GetPurpose(block.Index) is { } number
            && KeyPurposeLookup.Find(queue.Chip, number)?.Name == name;
    }
}
