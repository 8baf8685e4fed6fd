using System;
using System.Collections.Generic;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Efuse.Coding;

/// <summary>
/// 3/4 coding of the ESP32 (efuse-rules.md, section 3): of every eight bytes in a block the first six carry data.
/// <code>
/// d0 d1 d2 d3 d4 d5 p q     p = d0 ^ ... ^ d5     q = sum of (i + 1) * ones in d(i)
/// </code>
/// </summary>
internal static class ThreeQuarterCode
{
    /// <summary>Number of groups in a block.</summary>
    public const int Groups = 4;

    /// <summary>Number of data bytes in a group.</summary>
    public const int DataBytes = 6;

    /// <summary>The eight words to write for six words of data.</summary>
    public static uint[] Encode(IReadOnlyList<uint> data)
    {
        byte[] bytes = EfuseBits.ToBytes(data);
        byte[] coded = new byte[8 * Groups];
        for (int group = 0; group < Groups; group++)
        {
            int parity = 0;
            int weight = 0;
            for (int i = 0; i < DataBytes; i++)
            {
                byte octet = bytes[(DataBytes * group) + i];
                coded[(8 * group) + i] = octet;
                parity ^= octet;
                weight += (i + 1) * EfuseOnes.Count(octet);
            }

            coded[(8 * group) + DataBytes] = (byte)parity;
            coded[(8 * group) + DataBytes + 1] = (byte)weight;
        }

        uint[] words = EfuseBits.ToWords(coded);
        Array.Clear(bytes, 0, bytes.Length);
        Array.Clear(coded, 0, coded.Length);
        return words;
    }
}
