using System;

namespace Esp32Tools.Simulator.Efuse;

/// <summary>The ESP32's 3/4 coding: six data bytes and two check bytes, four times (efuse-rules.md, section 3).</summary>
internal static class ThreeQuarterCode
{
    private const int Groups = 4;
    private const int DataBytes = 6;
    private const int CodedBytes = 8;

    /// <summary>Size of a block's data, in bytes.</summary>
    public const int DataLength = Groups * DataBytes;

    /// <summary>Encodes 24 data bytes (or fewer, zero filled) into 32.</summary>
    public static byte[] Encode(byte[] data)
    {
        byte[] coded = new byte[Groups * CodedBytes];
        for (int group = 0; group < Groups; group++)
        {
            for (int i = 0; i < DataBytes && (group * DataBytes) + i < data.Length; i++)
            {
                coded[(group * CodedBytes) + i] = data[(group * DataBytes) + i];
            }

            (byte parity, byte sum) = Check(coded, group * CodedBytes);
            coded[(group * CodedBytes) + DataBytes] = parity;
            coded[(group * CodedBytes) + DataBytes + 1] = sum;
        }

        return coded;
    }

    /// <summary>Decodes 32 coded bytes into 24 data bytes followed by 8 zeros.</summary>
    /// <param name="coded">The content of the fuses.</param>
    /// <param name="wrongGroups">One bit for each group whose check bytes do not fit.</param>
    public static byte[] Decode(byte[] coded, out uint wrongGroups)
    {
        byte[] data = new byte[coded.Length];
        wrongGroups = 0;
        for (int group = 0; group < Groups; group++)
        {
            int start = group * CodedBytes;
            Buffer.BlockCopy(coded, start, data, group * DataBytes, DataBytes);
            (byte parity, byte sum) = Check(coded, start);
            if (coded[start + DataBytes] != parity || coded[start + DataBytes + 1] != sum)
            {
                wrongGroups |= 1u << group;
            }
        }

        return data;
    }

    private static (byte Parity, byte Sum) Check(byte[] bytes, int start)
    {
        byte parity = 0;
        int sum = 0;
        for (int i = 0; i < DataBytes; i++)
        {
            byte value = bytes[start + i];
            parity ^= value;
            for (int bits = value; bits != 0; bits &= bits - 1)
            {
                sum += i + 1;
            }
        }

        return (parity, (byte)sum);
    }
}
