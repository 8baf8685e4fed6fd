using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Efuse.Coding;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;

namespace Esp32Tools.Protection.FlashEncryption;

/// <summary>One of the ways in which a chip can hold its flash encryption key.</summary>
/// <param name="Length">Length of the key in its file, in bytes.</param>
/// <param name="Purposes">Purposes of its parts, 32 bytes each where there are two.</param>
internal sealed record FlashKeyForm(int Length, IReadOnlyList<KeyPurpose> Purposes)
{
    /// <summary>The forms that a chip supports, the default first.</summary>
    public static IReadOnlyList<FlashKeyForm> Of(EfuseSnapshot snapshot)
    {
        ChipDefinition chip = snapshot.Chip;
        IEnumerable<FlashKeyForm> single = chip.FlashKeys.Select(purpose =>
        {
            EfuseBlockFacts block = chip.Efuse.Blocks.First(known => purpose.Block is null ? known.HasPurpose : known.Name == purpose.Block);
            return new FlashKeyForm(SlotOf(snapshot, block, purpose).Length, [purpose]);
        });
        IReadOnlyList<KeyPurpose> halves = chip.FlashKeyHalves;
        return halves.Count > 0 ? [.. single, new FlashKeyForm(64, halves)] : [.. single];
    }

    /// <summary>The blocks of its parts when a key of this form is in the chip; null when not.</summary>
    public IReadOnlyList<EfuseBlockFacts>? FindIn(EfuseSnapshot snapshot)
    {
        // One key block for several forms: a field says which (ESP32-C2).
        if (snapshot.Chip.KeyPurposes.Select(purpose => purpose.Sets).FirstOrDefault(role => role is not null) is { } said
            && Purposes[0].Block is not null
            && snapshot.Table.Find(said) is { } flag
            && snapshot.GetNumber(flag) != 0 != (Purposes[0].Sets == said))
        {
            return null;
        }

        EfuseBlockFacts?[] blocks = [.. Purposes.Select(purpose => Candidates(snapshot, purpose).FirstOrDefault(block => IsFilled(snapshot, block, purpose)))];
        return blocks.All(block => block is not null) ? [.. blocks.Select(block => block!)] : null;
    }

    /// <summary>Blocks that already have a purpose.</summary>
    public static IEnumerable<EfuseBlockFacts> Candidates(EfuseSnapshot snapshot, KeyPurpose purpose) => snapshot.Chip.Efuse.Blocks.Where(block =>
        purpose.Block is not null ? block.Name == purpose.Block
        : snapshot.GetPurpose(block.Index) == (ulong)purpose.Id!);

    /// <summary>True when software cannot read the part.</summary>
    public static bool IsHidden(EfuseSnapshot snapshot, EfuseBlockFacts block, KeyPurpose purpose) =>
        SlotOf(snapshot, block, purpose).ReadDisableBits.Any(snapshot.IsReadDisabled);

    /// <summary>The part as in a key file; only when it can be read. The caller clears it.</summary>
    public static byte[] Read(EfuseSnapshot snapshot, EfuseBlockFacts block, KeyPurpose purpose)
    {
        KeyWords slot = SlotOf(snapshot, block, purpose);
        IReadOnlyList<uint> words = snapshot.GetWords(block.Index);
        byte[] bytes = EfuseBits.ToBytes([.. slot.Words.Select(word => words[word])]);
        if (purpose.Reversed)
        {
            Array.Reverse(bytes);
        }

        return bytes;
    }

    private static bool IsFilled(EfuseSnapshot snapshot, EfuseBlockFacts block, KeyPurpose purpose) =>
        IsHidden(snapshot, block, purpose) || SlotOf(snapshot, block, purpose).Words.Any(word => snapshot.GetWords(block.Index)[word] != 0);

    private static KeyWords SlotOf(EfuseSnapshot snapshot, EfuseBlockFacts block, KeyPurpose purpose) =>
        new(block, snapshot.GetBlockLength(block.Index), purpose.Part);
}
