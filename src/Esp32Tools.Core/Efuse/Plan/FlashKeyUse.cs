using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Efuse.Fields;

namespace Esp32Tools.Efuse.Plan;

/// <summary>The flash encryption key of a chip, as it will be when everything queued is burned.</summary>
internal static class FlashKeyUse
{
    /// <summary>True when the key comes from the key manager and not from the eFuses.</summary>
    public static bool IsInKeyManagerAfter(EfuseBurnQueue queue) => (queue.NumberAfter(EfuseRole.KeyManagerKeys) & SecurityFacts.KeyManagerFlashKey) != 0;

    /// <summary>True when software can read a flash encryption key, or a half of one.</summary>
    public static bool IsReadableAfter(EfuseBurnQueue queue) =>
        queue.Chip.Efuse.Blocks.Any(block => Purposes(queue.Chip).Any(purpose => Holds(queue, block, purpose) && IsReadable(queue, block, purpose)));

    /// <summary>True when flash encryption belongs to the set-up: it is on, or a later step of the procedure burns its key.</summary>
    public static bool IsAskedFor(EfuseBurnQueue queue) =>
        (EfuseOnes.IsOdd((uint)queue.NumberAfter(EfuseRole.EncryptionCount)) && !IsInKeyManagerAfter(queue))
        || queue.Options.Later.OfType<EfuseKeyPlacement>().Any(key => IsFlashKey(queue.Chip, key.Purpose ?? key.Block));

    private static IEnumerable<KeyPurpose> Purposes(ChipDefinition chip) => chip.FlashKeys.Concat(chip.FlashKeyHalves);

    private static bool IsFlashKey(ChipDefinition chip, string? name)
    {
        string? part = KeyPurposeLookup.FindSplit(chip, name)?.First ?? name;
        return part is not null && KeyPurposeLookup.Find(chip, part) is { } purpose && Purposes(chip).Any(known => known.Name == purpose.Name);
    }

    // A key for all of the block of an ESP32-C2 is marked by a flag; without it the lower half holds one.
    private static bool Holds(EfuseBurnQueue queue, EfuseBlockFacts block, KeyPurpose purpose) =>
        queue.PurposeAfter(block) is { } number ? purpose.Id is { } id && number == (ulong)id
        : purpose.Block == block.Name && (purpose.Sets is not { } flag || queue.NumberAfter(flag) != 0);

    private static bool IsReadable(EfuseBurnQueue queue, EfuseBlockFacts block, KeyPurpose purpose)
    {
        KeyWords slot = new(block, queue.Snapshot.GetBlockLength(block.Index), purpose.Part);
        return slot.Words.Any(word => queue.WordAfter(block.Index, word) != 0) && !slot.ReadDisableBits.All(queue.IsReadDisabledAfter);
    }
}
