using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Efuse.Fields;

namespace Esp32Tools.Efuse.Plan;

/// <summary>
/// Finds a key that is in the chip already and hidden, for <see cref="EfuseKeyPlacement.SkipExisting"/>. A hidden block shows no
/// data, so its other eFuses must show that a key is in it: the field with its purpose; where the block decides on the
/// purpose (ESP32, ESP32-C2), its write protection, which a burn leaves beside the read protection.
/// </summary>
internal static class HiddenKey
{
    /// <param name="queue">The plan so far.</param>
    /// <param name="purpose">Purpose of the key.</param>
    /// <param name="name">The only block to look at; null for all.</param>
    /// <returns>The block; null when there is none, and always for a purpose whose keys stay readable: these are compared.</returns>
    public static EfuseBlockFacts? Find(EfuseBurnQueue queue, KeyPurpose purpose, string? name) => purpose.ReadProtect
        ? queue.Chip.Efuse.Blocks.FirstOrDefault(block => (name is null || queue.GetBlock(name) == block) && Holds(queue.Snapshot, block, purpose))
        : null;

    private static bool Holds(EfuseSnapshot snapshot, EfuseBlockFacts block, KeyPurpose purpose)
    {
        KeyWords slot = new(block, snapshot.GetBlockLength(block.Index), purpose.Part);
        if (slot.ReadDisableBits.Count == 0 || !slot.ReadDisableBits.All(snapshot.IsReadDisabled))
        {
            return false;
        }

        return snapshot.Table.FindPurposeOf(block.Index) is { } field
            ? snapshot.GetWholeNumber(field) == (ulong?)purpose.Id
            : purpose.Block == block.Name && block.WriteDisableBit is { } bit && snapshot.IsWriteDisabled(bit) && IsWholeAsNeeded(snapshot, purpose);
    }

    // ESP32-C2: a flag tells a key of the whole block from one of its lower half.
    private static bool IsWholeAsNeeded(EfuseSnapshot snapshot, KeyPurpose purpose) =>
        snapshot.Table.Find(EfuseRole.WholeFlashKey) is not { } flag || snapshot.GetNumber(flag) != 0 == (purpose.Sets == EfuseRole.WholeFlashKey);
}
