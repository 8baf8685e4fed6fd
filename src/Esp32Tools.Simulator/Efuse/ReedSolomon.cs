using System;
using System.Collections.Generic;

namespace Esp32Tools.Simulator.Efuse;

/// <summary>
/// RS(44,32) over GF(256) with polynomial 0x11D, generator element 2, roots 2^0 to 2^11; data first, then the check
/// bytes, highest power first (efuse-rules.md, section 3).
/// </summary>
internal static class ReedSolomon
{
    /// <summary>Number of data bytes.</summary>
    public const int DataLength = 32;

    /// <summary>Number of check bytes; half as many wrong bytes can be corrected.</summary>
    public const int CheckLength = 12;

    /// <summary>Number of data and check bytes together.</summary>
    public const int Length = DataLength + CheckLength;

    private static readonly byte[] s_exponential = new byte[512];
    private static readonly byte[] s_logarithm = new byte[256];
    private static readonly byte[] s_generator;

    static ReedSolomon()
    {
        int value = 1;
        for (int i = 0; i < 255; i++)
        {
            s_exponential[i] = (byte)value;
            s_exponential[i + 255] = (byte)value;
            s_logarithm[value] = (byte)i;
            value <<= 1;
            if (value > 0xFF)
            {
                value ^= 0x11D;
            }
        }

        // Lowest power first while it grows: (x - 2^0)(x - 2^1)...
        byte[] product = [1];
        for (int root = 0; root < CheckLength; root++)
        {
            product = Multiply(product, [s_exponential[root], 1]);
        }

        s_generator = product;
    }

    /// <summary>Returns 32 data bytes followed by their check bytes.</summary>
    public static byte[] Encode(byte[] data)
    {
        byte[] coded = new byte[Length];
        Buffer.BlockCopy(data, 0, coded, 0, DataLength);
        byte[] remainder = new byte[CheckLength];
        for (int i = 0; i < DataLength; i++)
        {
            byte factor = (byte)(data[i] ^ remainder[0]);
            Buffer.BlockCopy(remainder, 1, remainder, 0, CheckLength - 1);
            remainder[CheckLength - 1] = 0;
            for (int j = 0; j < CheckLength; j++)
            {
                remainder[j] ^= Multiply(factor, s_generator[CheckLength - 1 - j]);
            }
        }

        Buffer.BlockCopy(remainder, 0, coded, DataLength, CheckLength);
        return coded;
    }

    /// <summary>Corrects wrong bytes in place.</summary>
    /// <returns>The number of wrong bytes, 0 to 6; null when there are too many to tell.</returns>
    public static int? Correct(byte[] coded)
    {
        byte[] syndromes = Syndromes(coded);
        if (Array.TrueForAll(syndromes, syndrome => syndrome == 0))
        {
            return 0;
        }

        byte[] locator = Locator(syndromes);
        int errors = locator.Length - 1;
        List<int> powers = [];
        for (int power = 0; power < Length; power++)
        {
            if (Evaluate(locator, s_exponential[(255 - power) % 255]) == 0)
            {
                powers.Add(power);
            }
        }

        if (errors > CheckLength / 2 || powers.Count != errors)
        {
            return null;
        }

        byte[] evaluator = Multiply(syndromes, locator);
        Array.Resize(ref evaluator, CheckLength);
        foreach (int power in powers)
        {
            coded[Length - 1 - power] ^= Magnitude(locator, evaluator, power);
        }

        return Array.TrueForAll(Syndromes(coded), syndrome => syndrome == 0) ? errors : null;
    }

    private static byte[] Syndromes(byte[] coded)
    {
        byte[] syndromes = new byte[CheckLength];
        for (int root = 0; root < CheckLength; root++)
        {
            byte sum = 0;
            foreach (byte value in coded)
            {
                sum = (byte)(Multiply(sum, s_exponential[root]) ^ value);
            }

            syndromes[root] = sum;
        }

        return syndromes;
    }

    // Berlekamp-Massey; polynomials have their lowest power first.
    private static byte[] Locator(byte[] syndromes)
    {
        byte[] current = [1];
        byte[] previous = [1];
        int length = 0;
        int gap = 1;
        byte previousDiscrepancy = 1;
        for (int n = 0; n < CheckLength; n++)
        {
            byte discrepancy = syndromes[n];
            for (int i = 1; i <= length && i < current.Length; i++)
            {
                discrepancy ^= Multiply(current[i], syndromes[n - i]);
            }

            if (discrepancy == 0)
            {
                gap++;
                continue;
            }

            byte[] before = current;
            byte factor = Multiply(discrepancy, Inverse(previousDiscrepancy));
            byte[] sum = new byte[Math.Max(current.Length, previous.Length + gap)];
            Buffer.BlockCopy(current, 0, sum, 0, current.Length);
            for (int i = 0; i < previous.Length; i++)
            {
                sum[i + gap] ^= Multiply(factor, previous[i]);
            }

            current = sum;
            if (2 * length <= n)
            {
                length = n + 1 - length;
                previous = before;
                previousDiscrepancy = discrepancy;
                gap = 1;
            }
            else
            {
                gap++;
            }
        }

        Array.Resize(ref current, length + 1);
        return current;
    }

    // Forney; the first root is 2^0, so the error value carries one factor X.
    private static byte Magnitude(byte[] locator, byte[] evaluator, int power)
    {
        byte inverse = s_exponential[(255 - power) % 255];
        byte derivative = 0;
        for (int i = 1; i < locator.Length; i += 2)
        {
            derivative ^= Multiply(locator[i], Power(inverse, i - 1));
        }

        byte value = Multiply(Evaluate(evaluator, inverse), s_exponential[power]);
        return derivative == 0 ? (byte)0 : Multiply(value, Inverse(derivative));
    }

    private static byte Evaluate(byte[] polynomial, byte at)
    {
        byte sum = 0;
        for (int i = polynomial.Length - 1; i >= 0; i--)
        {
            sum = (byte)(Multiply(sum, at) ^ polynomial[i]);
        }

        return sum;
    }

    private static byte[] Multiply(byte[] a, byte[] b)
    {
        byte[] product = new byte[a.Length + b.Length - 1];
        for (int i = 0; i < a.Length; i++)
        {
            for (int j = 0; j < b.Length; j++)
            {
                product[i + j] ^= Multiply(a[i], b[j]);
            }
        }

        return product;
    }

    private static byte Multiply(byte a, byte b) => a == 0 || b == 0 ? (byte)0 : s_exponential[s_logarithm[a] + s_logarithm[b]];

    private static byte Inverse(byte a) => s_exponential[255 - s_logarithm[a]];

    private static byte Power(byte a, int exponent) => exponent == 0 ? (byte)1 : s_exponential[s_logarithm[a] * exponent % 255];
}
