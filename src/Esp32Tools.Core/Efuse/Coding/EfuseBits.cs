using System;
using System.Collections.Generic;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Compat;

namespace Esp32Tools.Efuse.Coding;

/// <summary>Bits of a block's words, gathered into little-endian bytes and spread back.</summary>
internal static class EfuseBits
{
    public static bool Get(IReadOnlyList<uint> words, int bit) => (words[bit / 32] >> (bit % 32) & 1) != 0;

    public static void Set(uint[] words, int bit) => words[bit / 32] |= 1u << (bit % 32);

    /// <summary>The bits of the ranges, the first as bit 0 of byte 0.</summary>
    /// <param name="words">Words of the block.</param>
    /// <param name="ranges">The ranges of the bits.</param>
    /// <param name="count">Number of bits to take.</param>
    public static byte[] Gather(IReadOnlyList<uint> words, IEnumerable<EfuseBitRange> ranges, int count)
    {
        byte[] bytes = new byte[(count + 7) / 8];
        int position = 0;
        foreach (int bit in Positions(ranges))
        {
            if (position == count)
            {
                break;
            }

            if (Get(words, bit))
            {
                bytes[position / 8] |= (byte)(1 << (position % 8));
            }

            position++;
        }

        return bytes;
    }

    /// <summary>Words of a block in which the ranges hold the value's bits and all else is zero.</summary>
    /// <param name="value">The value, little-endian; bits beyond its end are zero.</param>
    /// <param name="ranges">The ranges for the bits.</param>
    /// <param name="wordCount">Number of words in the block.</param>
    public static uint[] Spread(byte[] value, IEnumerable<EfuseBitRange> ranges, int wordCount)
    {
        uint[] words = new uint[wordCount];
        int position = 0;
        foreach (int bit in Positions(ranges))
        {
            if (position < value.Length * 8 && (value[position / 8] >> (position % 8) & 1) != 0)
            {
                Set(words, bit);
            }

            position++;
        }

        return words;
    }

    /// <summary>The number as little-endian bytes.</summary>
    public static ulong ToNumber(byte[] bytes)
    {
        ulong number = 0;
        for (int i = bytes.Length - 1; i >= 0; i--)
        {
            number = (number << 8) | bytes[i];
        }

        return number;
    }

    /// <summary>The words as bytes, word 0 first, lowest byte of each first.</summary>
    public static byte[] ToBytes(IReadOnlyList<uint> words)
    {
        byte[] bytes = new byte[4 * words.Count];
        for (int i = 0; i < words.Count; i++)
        {
            LittleEndian.WriteUInt32(bytes, 4 * i, words[i]);
        }

        return bytes;
    }

    /// <summary>The bytes as words; the number of bytes is a multiple of four.</summary>
    public static uint[] ToWords(byte[] bytes)
    {
        uint[] words = new uint[bytes.Length / 4];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = LittleEndian.ReadUInt32(bytes, 4 * i);
        }

        return words;
    }

    private static IEnumerable<int> Positions(IEnumerable<EfuseBitRange> ranges)
    {
        foreach (EfuseBitRange range in ranges)
        {
            for (int i = 0; i < range.Count; i++)
            {
                yield return range.Start + i;
            }
        }
    }

    /// <summary>Overwrites words.</summary>
    public static void Clear(IEnumerable<uint[]> blocks)
    {
        foreach (uint[] words in blocks)
        {
            Array.Clear(words, 0, words.Length);
        }
    }
}
