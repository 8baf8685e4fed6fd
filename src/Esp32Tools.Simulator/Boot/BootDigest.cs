using System;
using System.Linq;
using System.Security.Cryptography;
using Esp32Tools.Chips;
using Esp32Tools.Simulator.Efuse;
using Esp32Tools.Simulator.Encryption;

namespace Esp32Tools.Simulator.Boot;

/// <summary>
/// The digest with a secret key that version 1 of secure boot wants of the bootloader (formats.md, section 6). It stands at the start of
/// the flash: <c>random bytes 128, digest 64</c>.
/// </summary>
internal static class BootDigest
{
    private const int RandomLength = 128;
    private const int DigestLength = 64;
    private const int HashLength = 32;
    private const int KeyLength = 32;
    private const int ShortKeyLength = 24;
    private const int Unit = 128;

    /// <summary>True when the digest is that of the bootloader.</summary>
    /// <param name="flash">The flash.</param>
    /// <param name="image">The bootloader, whole.</param>
    /// <param name="chip">The chip.</param>
    /// <param name="efuse">Its eFuses, which hold the key.</param>
    public static bool IsRight(FlashView flash, BootImage image, ChipDefinition chip, EfuseController efuse)
    {
        byte[] stored = flash.Read(0, RandomLength + DigestLength);
        int length = (int)image.Length;
        if (image.HasHash && length % Unit <= HashLength)
        {
            length -= length % Unit;
        }

        byte[] data = [.. Enumerable.Repeat((byte)0xFF, RandomLength + ((length + Unit - 1) / Unit * Unit))];
        Buffer.BlockCopy(stored, 0, data, 0, RandomLength);
        Buffer.BlockCopy(flash.Read(image.Start, length), 0, data, RandomLength, length);
        using var aes = new AesBlock(KeyOf(chip, efuse));
        byte[] block = new byte[AesBlock.Length];
        for (int at = 0; at < data.Length; at += block.Length)
        {
            Buffer.BlockCopy(data, at, block, 0, block.Length);
            Array.Reverse(block);
            aes.Encrypt(block);
            Array.Reverse(block);
            Buffer.BlockCopy(block, 0, data, at, block.Length);
        }

        ReverseWords(data);
        using var sha512 = SHA512.Create();
        byte[] digest = sha512.ComputeHash(data);
        ReverseWords(digest);
        return digest.SequenceEqual(stored.Skip(RandomLength));
    }

    private static byte[] KeyOf(ChipDefinition chip, EfuseController efuse)
    {
        KeyPurpose purpose = chip.KeyPurposes.First(one => one.IsSecureBootV1);
        byte[] stored = efuse.DataOf(chip.Efuse.Blocks.First(block => block.Name == purpose.Block).Index);
        Array.Reverse(stored);
        byte[] key = new byte[KeyLength];
        Buffer.BlockCopy(stored, 0, key, 0, stored.Length);
        if (stored.Length == ShortKeyLength)
        {
            Buffer.BlockCopy(stored, 8, key, ShortKeyLength, KeyLength - ShortKeyLength);
        }

        return key;
    }

    private static void ReverseWords(byte[] bytes)
    {
        for (int at = 0; at < bytes.Length; at += 4)
        {
            Array.Reverse(bytes, at, 4);
        }
    }
}
