using System;
using System.Numerics;
using System.Security.Cryptography;

namespace Esp32Tools.Crypto.Keys;

/// <summary>The nonces of ECDSA, derived from key and digest (RFC 6979, section 3.2).</summary>
internal sealed class DeterministicNonce : IDisposable
{
    private readonly int _size;
    private readonly HashAlgorithmName _hash;
    private byte[] _k;
    private byte[] _v;

    /// <param name="scalar">The private key, as long as the order.</param>
    /// <param name="digest">The digest modulo the order, as long as the order.</param>
    /// <param name="hash">SHA-256 or SHA-384.</param>
    public DeterministicNonce(byte[] scalar, byte[] digest, HashAlgorithmName hash)
    {
        _size = scalar.Length;
        _hash = hash;
        int length = hash == HashAlgorithmName.SHA384 ? 48 : 32;
        _k = new byte[length];
        _v = new byte[length];
        for (int i = 0; i < length; i++)
        {
            _v[i] = 1;
        }

        Mix(0, scalar, digest);
        Mix(1, scalar, digest);
    }

    /// <summary>The next number; do not use zero or a number beyond the order.</summary>
    public BigInteger Next()
    {
        byte[] number = new byte[_size];
        for (int done = 0; done < _size; done += _v.Length)
        {
            _v = Hmac(_v);
            Array.Copy(_v, 0, number, done, Math.Min(_v.Length, _size - done));
        }

        BigInteger next = BigEndian.Read(number);
        Array.Clear(number, 0, number.Length);
        Mix(0, [], []);
        return next;
    }

    public void Dispose()
    {
        Array.Clear(_k, 0, _k.Length);
        Array.Clear(_v, 0, _v.Length);
    }

    private void Mix(byte step, byte[] scalar, byte[] digest)
    {
        byte[] text = [.. _v, step, .. scalar, .. digest];
        _k = Hmac(text);
        Array.Clear(text, 0, text.Length);
        _v = Hmac(_v);
    }

    private byte[] Hmac(byte[] text)
    {
        using HMAC hmac = _hash == HashAlgorithmName.SHA384 ? new HMACSHA384(_k) : new HMACSHA256(_k);
        return hmac.ComputeHash(text);
    }
}
