using System;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.Plan;

/// <summary>Key bytes or other block data on the way into a chip. Shows itself as <c>***</c> and is cleared when disposed.</summary>
public sealed class EfuseKey : IDisposable
{
    private readonly byte[] _bytes;
    private bool _disposed;

    /// <summary>Takes a copy of the bytes; the caller clears the original.</summary>
    public EfuseKey(byte[] bytes)
    {
        _bytes = (byte[])(bytes ?? throw new ArgumentNullException(nameof(bytes))).Clone();
        Fingerprint = Compat.Fingerprint.Of(_bytes);
    }

    /// <summary>Number of bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>First eight hexadecimal digits of the SHA-256 of the bytes: distinguishes keys without revealing them.</summary>
    public string Fingerprint { get; }

    /// <summary>
    /// The ECDSA private key in the form of the eFuses: a scalar on P-192 gets 8 zero bytes in front, one on P-256 fills a block,
    /// one on P-384 gets 16 zero bytes in front and takes two blocks (efuse-rules.md, section 7).
    /// </summary>
    /// <param name="scalar">The scalar, big-endian, 24, 32 or 48 bytes; the caller clears it.</param>
    /// <exception cref="EfuseException"><see cref="ErrorCode.KeyLength"/>: it has another length.</exception>
    public static EfuseKey FromEcdsaScalar(byte[] scalar)
    {
        if (scalar is null)
        {
            throw new ArgumentNullException(nameof(scalar));
        }

        if (scalar.Length is not (24 or 32 or 48))
        {
            throw new EfuseException(
                ErrorCode.KeyLength, $"A private key of ECDSA has 24, 32 or 48 bytes, not {scalar.Length}.", "The curves are P-192, P-256 and P-384.");
        }

        byte[] bytes = new byte[scalar.Length <= 32 ? 32 : 64];
        Array.Copy(scalar, 0, bytes, bytes.Length - scalar.Length, scalar.Length);
        EfuseKey key = new(bytes);
        Array.Clear(bytes, 0, bytes.Length);
        return key;
    }

    /// <summary>Overwrites the bytes.</summary>
    public void Dispose()
    {
        Array.Clear(_bytes, 0, _bytes.Length);
        _disposed = true;
    }

    /// <summary>Returns <c>***</c>, never the key.</summary>
    public override string ToString() => "***";

    /// <summary>A copy of the bytes; the caller clears it.</summary>
    /// <exception cref="ObjectDisposedException">The bytes are cleared already.</exception>
    internal byte[] Reveal() => _disposed ? throw new ObjectDisposedException(nameof(EfuseKey)) : (byte[])_bytes.Clone();
}
