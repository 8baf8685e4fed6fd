using System;

namespace Esp32Tools.Simulator.Encryption;

/// <summary>
/// The ESP32's flash encryption (formats.md, section 8): AES-256 on blocks turned end to end, with its two directions
/// exchanged, and a key that the address changes from one line of 32 bytes to the next.
/// </summary>
internal sealed class Esp32FlashCipher : IFlashCipher
{
    private const int KeyLength = 32;
    private const int ShortKeyLength = 24;
    private const uint Line = 32;

    // The key bits, from the top bit of byte 0 on, fall into four ranges. Each takes the address bits 23 to 5 three times
    // over, and then as many again as it has room for, starting at the one given here.
    private const int HighestAddressBit = 23;
    private const int LowestAddressBit = 5;
    private static readonly int[] s_lastRun = [14, 12, 10, 8];

    // The address bit that changes each key bit, and the range of FLASH_CRYPT_CONFIG that must be on for it.
    private static readonly (int AddressBit, int Range)[] s_pattern = MakePattern();

    private readonly byte[] _key;
    private readonly uint _config;
    private AesBlock? _aes;
    private uint _line;

    /// <param name="key">32 bytes, or 24 with the 3/4 coding scheme, in the order of a key file.</param>
    /// <param name="config">FLASH_CRYPT_CONFIG.</param>
    public Esp32FlashCipher(byte[] key, uint config)
    {
        _key = new byte[KeyLength];
        Buffer.BlockCopy(key, 0, _key, 0, key.Length);
        if (key.Length == ShortKeyLength)
        {
            Buffer.BlockCopy(key, 8, _key, ShortKeyLength, KeyLength - ShortKeyLength);
        }

        _config = config;
    }

    public int WriteUnit => (int)Line;

    public void Encrypt(uint address, byte[] data, int offset) => Turned(data, offset, AesAt(address).Decrypt);

    public void Decrypt(uint address, byte[] data, int offset) => Turned(data, offset, AesAt(address).Encrypt);

    public void Dispose() => _aes?.Dispose();

    private static void Turned(byte[] data, int offset, Action<byte[]> transform)
    {
        byte[] block = new byte[AesBlock.Length];
        Buffer.BlockCopy(data, offset, block, 0, block.Length);
        Array.Reverse(block);
        transform(block);
        Array.Reverse(block);
        Buffer.BlockCopy(block, 0, data, offset, block.Length);
    }

    private AesBlock AesAt(uint address)
    {
        uint line = address & ~(Line - 1);
        if (_aes is null || line != _line)
        {
            _aes?.Dispose();
            _aes = new AesBlock(KeyAt(line));
            _line = line;
        }

        return _aes;
    }

    private byte[] KeyAt(uint line)
    {
        byte[] key = (byte[])_key.Clone();
        for (int bit = 0; bit < s_pattern.Length; bit++)
        {
            (int addressBit, int range) = s_pattern[bit];
            if ((_config >> range & line >> addressBit & 1) != 0)
            {
                key[bit / 8] ^= (byte)(0x80 >> (bit % 8));
            }
        }

        return key;
    }

    private static (int AddressBit, int Range)[] MakePattern()
    {
        var pattern = new (int, int)[8 * KeyLength];
        int at = 0;
        for (int range = 0; range < s_lastRun.Length; range++)
        {
            foreach (int highest in new[] { HighestAddressBit, HighestAddressBit, HighestAddressBit, s_lastRun[range] })
            {
                for (int bit = highest; bit >= LowestAddressBit; bit--)
                {
                    pattern[at++] = (bit, range);
                }
            }
        }

        return pattern;
    }
}
