using System;
using System.Collections.Generic;

namespace Esp32Tools.Efuse.Coding;

/// <summary>
/// The check bytes of a block on later chips (efuse-rules.md, section 3): Reed-Solomon (44, 32) over GF(256) with
/// polynomial 0x11D, generator element 2, roots 2^0 to 2^11. Data bytes first, highest power first.
/// </summary>
internal static class ReedSolomonCode
{
    /// <summary>Number of data bytes in a block; shorter blocks are padded with zeros.</summary>
    public const int DataBytes = 32;

    /// <summary>Number of check bytes in a block.</summary>
    public const int CheckBytes = 12;

    private static readonly byte[] s_generator = BuildGenerator();

    /// <summary>The three check words for the data words of a block.</summary>
    public static uint[] Encode(IReadOnlyList<uint> data)
    {
        byte[] bytes = EfuseBits.ToBytes(data);
        byte[] remainder = new byte[CheckBytes];
        for (int i = 0; i < DataBytes; i++)
        {
            byte factor = (byte)((i < bytes.Length ? bytes[i] : 0) ^ remainder[0]);
            for (int j = 0; j < CheckBytes; j++)
            {
                remainder[j] = (byte)((j + 1 < CheckBytes ? remainder[j + 1] : 0) ^ Multiply(factor, s_generator[j + 1]));
            }
        }

        Array.Clear(bytes, 0, bytes.Length);
        return EfuseBits.ToWords(remainder);
    }

    // (x - 2^0) (x - 2^1) ... (x - 2^11), highest power first.
    private static byte[] BuildGenerator()
    {
        byte[] generator = [1];
        byte root = 1;
        for (int i = 0; i < CheckBytes; i++)
        {
            byte[] next = new byte[generator.Length + 1];
            for (int j = 0; j < generator.Length; j++)
            {
                next[j] ^= generator[j];
                next[j + 1] ^= Multiply(generator[j], root);
            }

            generator = next;
            root = Multiply(root, 2);
        }

        return generator;
    }

    private static byte Multiply(byte left, byte right)
    {
        int product = 0;
        int shifted = left;
        for (int bits = right; bits != 0; bits >>= 1)
        {
            if ((bits & 1) != 0)
            {
                product ^= shifted;
            }

            shifted = (shifted << 1) ^ ((shifted & 0x80) != 0 ? 0x11D : 0);
        }

        return (byte)product;
    }
}
