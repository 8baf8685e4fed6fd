using System;
using System.Security.Cryptography;
using Esp32Tools.Compat;

namespace Esp32Tools.Security.FlashEncryption;

/// <summary>
/// The scheme of the chips after the ESP32: AES-XTS (IEEE 1619) over units of 128 bytes, each with its flash address as the
/// sector number, and each taken last byte first. A block depends on its place in the unit alone, so that a part of a unit is
/// worked on without the rest.
/// </summary>
internal sealed class XtsFlashCipher : FlashCipher
{
    private const int UnitSize = 0x80;
    private const int BlocksPerUnit = UnitSize / BlockSize;
    private const int DerivedKeyLength = 16;

    private readonly byte[] _dataKey;
    private readonly byte[] _tweakKey;

    public XtsFlashCipher(FlashKey key)
    {
        byte[] given = key.Reveal();
        byte[] whole = given;
        if (given.Length == DerivedKeyLength)
        {
            // ESP32-C2 with its key in half a block (ESP8684 Technical Reference Manual, external memory encryption).
            using var sha = SHA256.Create();
            whole = sha.ComputeHash(given);
        }

        int half = whole.Length / 2;
        _dataKey = new byte[half];
        _tweakKey = new byte[half];
        Array.Copy(whole, _dataKey, half);
        Array.Copy(whole, half, _tweakKey, 0, half);
        Array.Clear(given, 0, given.Length);
        Array.Clear(whole, 0, whole.Length);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        Array.Clear(_dataKey, 0, _dataKey.Length);
        Array.Clear(_tweakKey, 0, _tweakKey.Length);
    }

    private protected override bool FillsLastBlock => false;

    private protected override byte[] Transform(byte[] data, uint address, bool encrypt)
    {
        // As words of 64 bits, lowest byte first, as the machines are that PowerShell runs on.
        ulong[] masks = Masks(address, data.Length);
        ulong[] words = new ulong[data.Length / 8];
        Buffer.BlockCopy(data, 0, words, 0, data.Length);
        Reverse(words);
        Mask(words, masks);
        byte[] bytes = new byte[data.Length];
        Buffer.BlockCopy(words, 0, bytes, 0, bytes.Length);

        using ICryptoTransform aes = Block(_dataKey, encrypt);
        bytes = aes.TransformFinalBlock(bytes, 0, bytes.Length);

        Buffer.BlockCopy(bytes, 0, words, 0, bytes.Length);
        Mask(words, masks);
        Reverse(words);
        Buffer.BlockCopy(words, 0, bytes, 0, bytes.Length);
        return bytes;
    }

    // What each block is masked with, in the order of the blocks in flash.
    private ulong[] Masks(uint address, int length)
    {
        uint firstUnit = address / UnitSize;
        int units = (int)(((address + (long)length - 1) / UnitSize) - firstUnit) + 1;
        byte[] numbers = new byte[units * BlockSize];
        for (int unit = 0; unit < units; unit++)
        {
            LittleEndian.WriteUInt32(numbers, unit * BlockSize, (firstUnit + (uint)unit) * UnitSize);
        }

        using ICryptoTransform aes = Block(_tweakKey, encrypt: true);
        byte[] encrypted = aes.TransformFinalBlock(numbers, 0, numbers.Length);
        ulong[] first = new ulong[units * 2];
        Buffer.BlockCopy(encrypted, 0, first, 0, encrypted.Length);

        ulong[] masks = new ulong[length / 8];
        int start = (int)(address % UnitSize / BlockSize);
        int blocks = length / BlockSize;
        for (int unit = 0; unit < units; unit++)
        {
            ulong low = first[2 * unit];
            ulong high = first[(2 * unit) + 1];
            // The unit is reversed: its last block in flash is the first of XTS.
            for (int place = BlocksPerUnit - 1; place >= 0; place--)
            {
                int block = (unit * BlocksPerUnit) + place - start;
                if (block >= 0 && block < blocks)
                {
                    masks[2 * block] = low;
                    masks[(2 * block) + 1] = high;
                }

                // Times x in GF(2^128), x^128 = x^7 + x^2 + x + 1.
                ulong carry = (ulong)((long)high >> 63) & 0x87;
                high = (high << 1) | (low >> 63);
                low = (low << 1) ^ carry;
            }
        }

        return masks;
    }

    private static void Mask(ulong[] words, ulong[] masks)
    {
        for (int i = 0; i < words.Length; i++)
        {
            words[i] ^= masks[i];
        }
    }

    // Each block last byte first.
    private static void Reverse(ulong[] words)
    {
        for (int i = 0; i < words.Length; i += 2)
        {
            (words[i], words[i + 1]) = (Swap(words[i + 1]), Swap(words[i]));
        }
    }

    private static ulong Swap(ulong value)
    {
        value = ((value & 0x00FF_00FF_00FF_00FF) << 8) | ((value >> 8) & 0x00FF_00FF_00FF_00FF);
        value = ((value & 0x0000_FFFF_0000_FFFF) << 16) | ((value >> 16) & 0x0000_FFFF_0000_FFFF);
        return (value << 32) | (value >> 32);
    }
}
