using System;
using System.Security.Cryptography;
using Esp32Tools.Compat;

namespace Esp32Tools.Crypto.FlashEncryption;

/// <summary>
/// The scheme of the chips after the ESP32: AES-XTS over units of 128 bytes, each with its flash address as data unit number,
/// and each with its bytes in reverse order. A block depends only on its place in the unit, so a part of a unit can be
/// processed without the rest.
/// </summary>
internal sealed class XtsFlashCipher : FlashCipher
{
    private const int UnitSize = 0x80;
    private const int WordsPerUnit = UnitSize / sizeof(ulong);
    private const int DerivedKeyLength = 16;

    private readonly AesXts _xts;

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

        _xts = new AesXts(whole);
        Array.Clear(given, 0, given.Length);
        Array.Clear(whole, 0, whole.Length);
    }

    /// <inheritdoc/>
    public override void Dispose() => _xts.Dispose();

    private protected override bool FillsLastBlock => false;

    private protected override byte[] Transform(byte[] data, uint address, bool encrypt)
    {
        uint firstUnit = address / UnitSize;
        int units = (int)(((address + (long)data.Length - 1) / UnitSize) - firstUnit) + 1;
        uint[] numbers = new uint[units];
        for (int unit = 0; unit < units; unit++)
        {
            numbers[unit] = (firstUnit + (uint)unit) * UnitSize;
        }

        int start = (int)(address % UnitSize);
        ulong[] words = new ulong[units * WordsPerUnit];
        Buffer.BlockCopy(data, 0, words, start, data.Length);
        Reverse(words);
        _xts.Transform(words, numbers, encrypt);
        Reverse(words);
        byte[] bytes = new byte[data.Length];
        Buffer.BlockCopy(words, start, bytes, 0, bytes.Length);
        return bytes;
    }

    // Each unit with its bytes in reverse order.
    private static void Reverse(ulong[] words)
    {
        for (int unit = 0; unit < words.Length; unit += WordsPerUnit)
        {
            for (int front = unit, back = unit + WordsPerUnit - 1; front < back; front++, back--)
            {
                (words[front], words[back]) = (Swap(words[back]), Swap(words[front]));
            }
        }
    }

    private static ulong Swap(ulong value)
    {
        value = ((value & 0x00FF_00FF_00FF_00FF) << 8) | ((value >> 8) & 0x00FF_00FF_00FF_00FF);
        value = ((value & 0x0000_FFFF_0000_FFFF) << 16) | ((value >> 16) & 0x0000_FFFF_0000_FFFF);
        return (value << 32) | (value >> 32);
    }
}
