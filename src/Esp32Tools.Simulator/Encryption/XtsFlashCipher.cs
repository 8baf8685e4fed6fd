using System;
using Esp32Tools.Compat;

namespace Esp32Tools.Simulator.Encryption;

/// <summary>
/// Flash encryption of all later chips (formats.md, section 9): AES-XTS on units of 128 bytes, each turned end to end, with
/// the address of the unit as its number.
/// </summary>
internal sealed class XtsFlashCipher : IFlashCipher
{
    private const uint Unit = 128;

    // x^128 = x^7 + x^2 + x + 1 (IEEE 1619, section 5.2).
    private const byte Reduction = 0x87;

    private readonly AesBlock _data;
    private readonly AesBlock _tweak;
    private readonly byte[][] _tweaks = new byte[Unit / AesBlock.Length][];
    private uint? _unit;

    /// <param name="key">32 or 64 bytes in the order of a key file: the key for the data, then the one for the addresses.</param>
    public XtsFlashCipher(byte[] key)
    {
        byte[] half = new byte[key.Length / 2];
        Buffer.BlockCopy(key, 0, half, 0, half.Length);
        _data = new AesBlock(half);
        Buffer.BlockCopy(key, half.Length, half, 0, half.Length);
        _tweak = new AesBlock(half);
    }

    public int WriteUnit => AesBlock.Length;

    public void Encrypt(uint address, byte[] data, int offset) => Transform(address, data, offset, _data.Encrypt);

    public void Decrypt(uint address, byte[] data, int offset) => Transform(address, data, offset, _data.Decrypt);

    public void Dispose()
    {
        _data.Dispose();
        _tweak.Dispose();
    }

    private void Transform(uint address, byte[] data, int offset, Action<byte[]> transform)
    {
        // The last block of a unit comes first, since the unit is turned as a whole.
        byte[] tweak = TweaksOf(address & ~(Unit - 1))[(Unit - 1 - (address % Unit)) / AesBlock.Length];
        byte[] block = new byte[AesBlock.Length];
        Buffer.BlockCopy(data, offset, block, 0, block.Length);
        Array.Reverse(block);
        Add(block, tweak);
        transform(block);
        Add(block, tweak);
        Array.Reverse(block);
        Buffer.BlockCopy(block, 0, data, offset, block.Length);
    }

    private byte[][] TweaksOf(uint unit)
    {
        if (unit == _unit)
        {
            return _tweaks;
        }

        byte[] tweak = new byte[AesBlock.Length];
        LittleEndian.WriteUInt32(tweak, 0, unit);
        _tweak.Encrypt(tweak);
        for (int i = 0; i < _tweaks.Length; i++)
        {
            _tweaks[i] = tweak;
            tweak = Doubled(tweak);
        }

        _unit = unit;
        return _tweaks;
    }

    private static byte[] Doubled(byte[] value)
    {
        byte[] doubled = new byte[value.Length];
        int carry = 0;
        for (int i = 0; i < value.Length; i++)
        {
            doubled[i] = (byte)((value[i] << 1) | carry);
            carry = value[i] >> 7;
        }

        doubled[0] ^= (byte)(carry * Reduction);
        return doubled;
    }

    private static void Add(byte[] block, byte[] other)
    {
        for (int i = 0; i < block.Length; i++)
        {
            block[i] ^= other[i];
        }
    }
}
