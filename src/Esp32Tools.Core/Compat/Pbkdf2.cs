using System;
using System.Security.Cryptography;

namespace Esp32Tools.Compat;

/// <summary>PBKDF2 (RFC 8018, section 5.2); that of netstandard2.0 knows SHA-1 alone.</summary>
internal static class Pbkdf2
{
    /// <param name="hmac">The HMAC, keyed with the passphrase.</param>
    /// <param name="salt">The salt.</param>
    /// <param name="iterations">How often.</param>
    /// <param name="length">Bytes to make.</param>
    public static byte[] Derive(HMAC hmac, byte[] salt, int iterations, int length)
    {
        byte[] key = new byte[length];
        int size = hmac.HashSize / 8;
        for (int block = 1, done = 0; done < length; block++, done += size)
        {
            byte[] u = hmac.ComputeHash([.. salt, (byte)(block >> 24), (byte)(block >> 16), (byte)(block >> 8), (byte)block]);
            byte[] sum = (byte[])u.Clone();
            for (int i = 1; i < iterations; i++)
            {
                u = hmac.ComputeHash(u);
                for (int at = 0; at < size; at++)
                {
                    sum[at] ^= u[at];
                }
            }

            Array.Copy(sum, 0, key, done, Math.Min(size, length - done));
            Array.Clear(sum, 0, sum.Length);
        }

        return key;
    }
}
