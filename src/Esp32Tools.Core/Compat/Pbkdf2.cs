using System;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;

namespace Esp32Tools.Compat;

/// <summary>
/// PBKDF2 (RFC 8018, section 5.2) with HMAC of SHA-1, SHA-256, SHA-384 or SHA-512: the platform's where it supports this
/// salt, which takes a half to a quarter of the time, else our own.
/// </summary>
internal static class Pbkdf2
{
    /// <param name="hash">The hash of the HMAC.</param>
    /// <param name="secret">The passphrase. The caller clears it.</param>
    /// <param name="salt">The salt.</param>
    /// <param name="iterations">Number of iterations.</param>
    /// <param name="length">Number of bytes to derive. The caller clears them.</param>
    /// <param name="cancellationToken">Ends the wait; the derivation itself cannot be ended.</param>
    /// <exception cref="OperationCanceledException"/>
    public static byte[] Derive(
        HashAlgorithmName hash, byte[] secret, byte[] salt, int iterations, int length, CancellationToken cancellationToken = default)
    {
        if (!cancellationToken.CanBeCanceled)
        {
            return DeriveNow(hash, secret, salt, iterations, length);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var work = Task.Run(() => DeriveNow(hash, secret, salt, iterations, length));
        try
        {
            work.Wait(cancellationToken);
            return work.Result;
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Capture(error.InnerException!).Throw();
            throw;
        }
    }

    private static byte[] DeriveNow(HashAlgorithmName hash, byte[] secret, byte[] salt, int iterations, int length)
    {
        PlatformPbkdf2? platform = PlatformPbkdf2.All.FirstOrDefault(way => salt.Length >= way.ShortestSalt);
        return platform?.Derive(hash, secret, salt, iterations, length) ?? DeriveByHand(hash, secret, salt, iterations, length);
    }

    /// <summary>The same without the platform's implementation.</summary>
    public static byte[] DeriveByHand(HashAlgorithmName hash, byte[] secret, byte[] salt, int iterations, int length)
    {
        using HMAC hmac = HmacOf(hash);
        hmac.Key = secret;
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

    private static HMAC HmacOf(HashAlgorithmName hash) => hash.Name switch
    {
        nameof(HashAlgorithmName.SHA1) => new HMACSHA1(),
        nameof(HashAlgorithmName.SHA256) => new HMACSHA256(),
        nameof(HashAlgorithmName.SHA384) => new HMACSHA384(),
        nameof(HashAlgorithmName.SHA512) => new HMACSHA512(),
        _ => throw new ArgumentOutOfRangeException(nameof(hash)),
    };
}
