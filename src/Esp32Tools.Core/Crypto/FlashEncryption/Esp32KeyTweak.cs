using System.Collections.Generic;

namespace Esp32Tools.Crypto.FlashEncryption;

/// <summary>
/// The key bits that each bit of the flash address inverts on the ESP32 (Technical Reference Manual, flash encryption,
/// offset key). Bit 0 of the key is the top bit of its first byte.
/// <code>
/// bit of FLASH_CRYPT_CONFIG   key bits     address bits, one for each key bit
/// 0                             0 ..  66   23 .. 5 three times, then 14 .. 5
/// 1                            67 .. 131   23 .. 5 three times, then 12 .. 5
/// 2                           132 .. 194   23 .. 5 three times, then 10 .. 5
/// 3                           195 .. 255   23 .. 5 three times, then  8 .. 5
/// </code>
/// The chip has no flash from 16 MB up. Beyond that border, the vendor's tool lets address bit 24 invert the key bit before
/// each whole run, and so does this class.
/// </summary>
internal sealed class Esp32KeyTweak
{
    private const int LowestBit = 5;
    private const int HighestBit = 23;
    private const int BitBeyondFlash = 24;
    private const int Rounds = 3;

    private static readonly int[] s_lastRoundFrom = [14, 12, 10, 8];

    private readonly List<(int Octet, byte Mask)>[] _turns = new List<(int, byte)>[BitBeyondFlash + 1];

    public Esp32KeyTweak(int cryptConfig)
    {
        for (int bit = LowestBit; bit <= BitBeyondFlash; bit++)
        {
            _turns[bit] = [];
        }

        int keyBit = 0;
        for (int range = 0; range < s_lastRoundFrom.Length; range++)
        {
            for (int round = 0; round <= Rounds; round++)
            {
                if (round < Rounds && keyBit > 0)
                {
                    Turn(BitBeyondFlash, keyBit - 1, cryptConfig, round == 0 ? range - 1 : range);
                }

                int from = round < Rounds ? HighestBit : s_lastRoundFrom[range];
                for (int bit = from; bit >= LowestBit; bit--, keyBit++)
                {
                    Turn(bit, keyBit, cryptConfig, range);
                }
            }
        }
    }

    /// <summary>Converts the key from one address to another.</summary>
    /// <param name="key">The key for the first address; for address 0, the key in eFuse.</param>
    /// <param name="difference">The bits in which the addresses differ.</param>
    public void Apply(byte[] key, uint difference)
    {
        for (int bit = LowestBit; bit <= BitBeyondFlash; bit++)
        {
            if ((difference & (1u << bit)) != 0)
            {
                foreach ((int octet, byte mask) in _turns[bit])
                {
                    key[octet] ^= mask;
                }
            }
        }
    }

    private void Turn(int addressBit, int keyBit, int cryptConfig, int range)
    {
        if ((cryptConfig & (1 << range)) != 0)
        {
            _turns[addressBit].Add((keyBit / 8, (byte)(0x80 >> (keyBit % 8))));
        }
    }
}
