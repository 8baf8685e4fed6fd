using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;

namespace Esp32Tools.Efuse.Fields;

/// <summary>Use of a key block, or of half of one.</summary>
/// <param name="Purpose">Name of the purpose.</param>
/// <param name="IsDigest">True when it holds the digest of a public key.</param>
/// <param name="Part">The part of the block that it takes.</param>
internal readonly record struct KeyBlockUse(string Purpose, bool IsDigest, KeyBlockPart Part)
{
    /// <summary>The uses of a block; none when it takes no keys, several when its halves are used separately.</summary>
    public static IReadOnlyList<KeyBlockUse> Find(EfuseSnapshot snapshot, EfuseBlockFacts block)
    {
        if (snapshot.GetPurpose(block.Index) is { } number)
        {
            KeyPurpose? purpose = KeyPurposeLookup.Find(snapshot.Chip, number);
            return [new(purpose?.Name ?? KeyPurposeLookup.Forbidden, purpose?.IsDigest ?? false, KeyBlockPart.Whole)];
        }

        KeyPurpose[] bound = [.. snapshot.Chip.KeyPurposes.Where(purpose => purpose.Block == block.Name && snapshot.Revision >= purpose.MinRevision)];
        KeyPurpose[] halves = [.. bound.Where(purpose => purpose.Part != KeyBlockPart.Whole)];
        KeyPurpose? whole = bound.FirstOrDefault(purpose => purpose.Sets is { } said && snapshot.GetNumber(said) != 0);
        if (halves.Length > 0 && whole is null)
        {
            return [.. halves.Select(half => new KeyBlockUse(half.Name, half.IsDigest, half.Part))];
        }

        // On the ESP32 one block serves either version of secure boot: a digest is readable, a key is not.
        whole ??= bound.FirstOrDefault(purpose => purpose.IsDigest == IsReadable(snapshot, block, KeyBlockPart.Whole)) ?? bound.FirstOrDefault();
        return whole is null ? [] : [new(whole.Name, whole.IsDigest, KeyBlockPart.Whole)];
    }

    /// <summary>True when no read protection hides this part of a block.</summary>
    public static bool IsReadable(EfuseSnapshot snapshot, EfuseBlockFacts block, KeyBlockPart part)
    {
        int? bit = part == KeyBlockPart.Upper ? block.UpperHalfReadDisableBit ?? block.ReadDisableBit : block.ReadDisableBit;
        return bit is not { } hidden || !snapshot.IsReadDisabled(hidden);
    }
}
