using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Efuse.Fields;

namespace Esp32Tools.Protection.State;

/// <summary>Finds the places for keys and their known state.</summary>
internal static class KeySlotReader
{
    private const string NoPurpose = "USER";

    public static IReadOnlyList<KeySlot> Read(FuseReadings fuses) =>
        [.. fuses.Snapshot.Chip.Efuse.Blocks.SelectMany(block => Read(fuses, block))];

    /// <summary>The name of a purpose by its number.</summary>
    public static string NameOf(ChipDefinition chip, ulong purpose) => KeyPurposeLookup.Find(chip, purpose)?.Name ?? KeyPurposeLookup.Forbidden;

    /// <summary>Number of the secure boot digest of a purpose, from 0; null for none.</summary>
    public static int? DigestNumber(string purpose) =>
        purpose.StartsWith("SECURE_BOOT_DIGEST", StringComparison.Ordinal) && char.IsDigit(purpose[purpose.Length - 1])
            ? purpose[purpose.Length - 1] - '0'
            : null;

    private static IEnumerable<KeySlot> Read(FuseReadings fuses, EfuseBlockFacts block) =>
        KeyBlockUse.Find(fuses.Snapshot, block).Select(use => Slot(
            fuses, block, use.Purpose, !block.HasPurpose ? use.IsDigest : DigestNumber(use.Purpose) is not null, use.Part, isClaimed: block.HasPurpose && use.Purpose != NoPurpose));

    private static KeySlot Slot(FuseReadings fuses, EfuseBlockFacts block, string purpose, bool isDigest, KeyBlockPart part, bool isClaimed)
    {
        EfuseSnapshot snapshot = fuses.Snapshot;
        bool readable = KeyBlockUse.IsReadable(snapshot, block, part);
        int half = block.Words / 2;
        IEnumerable<uint> words = snapshot.GetWords(block.Index);
        words = part == KeyBlockPart.Lower ? words.Take(half) : part == KeyBlockPart.Upper ? words.Skip(half) : words;
        return new KeySlot
        {
            Block = block.Name,
            Purpose = purpose,
            IsEmpty = !isClaimed && readable && words.All(word => word == 0),
            IsReadable = readable,
            IsWritable = block.WriteDisableBit is not int bit || !snapshot.IsWriteDisabled(bit),
            IsDigest = isDigest,
            IsRevoked = DigestNumber(purpose) is int number && fuses.IsSet(EfuseRoles.DigestRevoke(number)),
        };
    }
}
