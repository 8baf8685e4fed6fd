using System;
using System.Security.Cryptography;

namespace Esp32Tools.Compat;

/// <summary>
/// AES-XTS (IEEE 1619) over many data units in one call; netstandard2.0 has AES without it. Units are whole blocks, so
/// ciphertext stealing is not needed. Not thread-safe.
/// </summary>
internal sealed class AesXts : IDisposable
{
    private const int BlockSize = 16;
    private const int WordsPerBlock = 2;

    private readonly Aes _aes = Aes.Create();
    private readonly byte[] _dataKey;
    private readonly byte[] _tweakKey;

    /// <summary>Copies both halves of a key: the data key, then the tweak key.</summary>
    public AesXts(byte[] key)
    {
        _aes.Mode = CipherMode.ECB;
        _aes.Padding = PaddingMode.None;
        int half = key.Length / 2;
        _dataKey = new byte[half];
        _tweakKey = new byte[half];
        Array.Copy(key, _dataKey, half);
        Array.Copy(key, half, _tweakKey, 0, half);
    }

    /// <summary>Encrypts or decrypts in place.</summary>
    /// <param name="words">The units, one after the other: words of 64 bits, lowest byte first, the byte order of all machines that run PowerShell.</param>
    /// <param name="numbers">The number of each unit.</param>
    /// <param name="encrypt">False to decrypt.</param>
    public void Transform(ulong[] words, uint[] numbers, bool encrypt)
    {
        if (numbers.Length == 0)
        {
            return;
        }

        ulong[] masks = Masks(numbers, words.Length / numbers.Length);
        Mask(words, masks);
        byte[] bytes = new byte[words.Length * sizeof(ulong)];
        Buffer.BlockCopy(words, 0, bytes, 0, bytes.Length);
        using ICryptoTransform aes = encrypt ? _aes.CreateEncryptor(_dataKey, null) : _aes.CreateDecryptor(_dataKey, null);
        bytes = aes.TransformFinalBlock(bytes, 0, bytes.Length);
        Buffer.BlockCopy(bytes, 0, words, 0, bytes.Length);
        Mask(words, masks);
    }

    /// <summary>Clears the key.</summary>
    public void Dispose()
    {
        _aes.Dispose();
        Array.Clear(_dataKey, 0, _dataKey.Length);
        Array.Clear(_tweakKey, 0, _tweakKey.Length);
    }

    private ulong[] Masks(uint[] numbers, int wordsPerUnit)
    {
        byte[] blocks = new byte[numbers.Length * BlockSize];
        for (int unit = 0; unit < numbers.Length; unit++)
        {
            LittleEndian.WriteUInt32(blocks, unit * BlockSize, numbers[unit]);
        }

        using ICryptoTransform aes = _aes.CreateEncryptor(_tweakKey, null);
        blocks = aes.TransformFinalBlock(blocks, 0, blocks.Length);
        ulong[] first = new ulong[numbers.Length * WordsPerBlock];
        Buffer.BlockCopy(blocks, 0, first, 0, blocks.Length);

        ulong[] masks = new ulong[numbers.Length * wordsPerUnit];
        int next = 0;
        for (int unit = 0; unit < numbers.Length; unit++)
        {
            ulong low = first[WordsPerBlock * unit];
            ulong high = first[(WordsPerBlock * unit) + 1];
            for (int word = 0; word < wordsPerUnit; word += WordsPerBlock)
            {
                masks[next++] = low;
                masks[next++] = high;

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
}
