using System;
using System.Numerics;

namespace Esp32Tools.Crypto.Keys;

/// <summary>
/// Unsigned numbers as big-endian bytes; the framework's methods with a byte order are newer than netstandard2.0.
/// </summary>
internal static class BigEndian
{
    public static BigInteger Read(byte[] bytes)
    {
        byte[] little = new byte[bytes.Length + 1];
        for (int i = 0; i < bytes.Length; i++)
        {
            little[i] = bytes[bytes.Length - 1 - i];
        }

        var number = new BigInteger(little);
        Array.Clear(little, 0, little.Length);
        return number;
    }

    /// <summary>Writes a number that is known to fit.</summary>
    public static byte[] Write(BigInteger number, int size)
    {
        byte[] little = number.ToByteArray();
        byte[] bytes = new byte[size];
        for (int i = 0; i < little.Length; i++)
        {
            if (i < size)
            {
                bytes[size - 1 - i] = little[i];
            }
            else if (little[i] != 0)
            {
                throw new ArgumentOutOfRangeException(nameof(number), "The number does not fit its place.");
            }
        }

        Array.Clear(little, 0, little.Length);
        return bytes;
    }

    /// <summary>Adds or removes leading zeros to give a number a fixed size; null when it is too large.</summary>
    public static byte[]? Fit(byte[] number, int size)
    {
        int from = 0;
        while (from < number.Length && number[from] == 0)
        {
            from++;
        }

        int length = number.Length - from;
        if (length > size)
        {
            return null;
        }

        byte[] fitted = new byte[size];
        Array.Copy(number, from, fitted, size - length, length);
        return fitted;
    }

    public static byte[] Reversed(byte[] bytes)
    {
        byte[] reversed = (byte[])bytes.Clone();
        Array.Reverse(reversed);
        return reversed;
    }
}
