using System;
using System.Linq;
using System.Security.Cryptography;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Simulator.Efuse;

namespace Esp32Tools.Simulator.Encryption;

/// <summary>Finds the flash encryption key in eFuse, as the hardware does: keys that software may not read included.</summary>
internal static class FlashCiphers
{
    private const string Esp32KeyBlock = "BLOCK1";

    // A chip with a single key block has no purposes; a digest extends its shorter key.
    private const string OnlyKeyBlock = "BLOCK_KEY0";
    private const int ShortKey = 16;

    /// <summary>The cipher of a chip; null when there is no key, or half of one.</summary>
    public static IFlashCipher? For(ChipDefinition chip, EfuseController efuse)
    {
        if (chip.Efuse.Has(EfuseRole.EncryptionConfig))
        {
            byte[] key = KeyIn(chip.Efuse.Blocks.First(block => block.Name == Esp32KeyBlock), efuse);
            return IsBlank(key) ? null : new Esp32FlashCipher(key, efuse.Field(EfuseRole.EncryptionConfig));
        }

        byte[]? found = chip.Efuse.Blocks.Any(block => block.HasPurpose) ? ByPurpose(chip, efuse) : OnlyKey(chip, efuse);
        return found is null ? null : new XtsFlashCipher(found);
    }

    /// <summary>The cipher between processor and flash, which is there without a key as well: its key is then all zeros.</summary>
    public static IFlashCipher OfHardware(ChipDefinition chip, EfuseController efuse) => For(chip, efuse)
        ?? (chip.Efuse.Has(EfuseRole.EncryptionConfig)
            ? new Esp32FlashCipher(new byte[32], efuse.Field(EfuseRole.EncryptionConfig))
            : new XtsFlashCipher(new byte[32]));

    private static byte[]? ByPurpose(ChipDefinition chip, EfuseController efuse)
    {
        if (chip.FlashKeys.Select(purpose => Find(chip, efuse, purpose)).FirstOrDefault(found => found is not null) is { } key)
        {
            return key;
        }

        byte[]?[] halves = [.. chip.FlashKeyHalves.Select(half => Find(chip, efuse, half))];
        return halves.Length > 0 && halves.All(half => half is not null) ? [.. halves.SelectMany(half => half!)] : null;
    }

    private static byte[]? Find(ChipDefinition chip, EfuseController efuse, KeyPurpose purpose)
    {
        EfuseBlockFacts? block = chip.Efuse.Blocks.FirstOrDefault(candidate =>
            purpose.Id is int number && efuse.PurposeOf(candidate.Index) == number);
        return block is null ? null : KeyIn(block, efuse);
    }

    private static byte[]? OnlyKey(ChipDefinition chip, EfuseController efuse)
    {
        byte[] key = KeyIn(chip.Efuse.Blocks.First(block => block.Name == OnlyKeyBlock), efuse);
        if (efuse.Field(EfuseRole.WholeFlashKey) != 0)
        {
            return IsBlank(key) ? null : key;
        }

        // Stored last byte first, so that the lower half of the block is the end of the bytes read.
        byte[] half = [.. key.Skip(key.Length - ShortKey)];
        using var digest = SHA256.Create();
        return IsBlank(half) ? null : digest.ComputeHash(half);
    }

    // Keys for the flash are stored last byte first (efuse-rules.md, sections 6 and 7).
    private static byte[] KeyIn(EfuseBlockFacts block, EfuseController efuse)
    {
        byte[] key = efuse.DataOf(block.Index);
        Array.Reverse(key);
        return key;
    }

    private static bool IsBlank(byte[] key) => key.All(value => value == 0);
}
