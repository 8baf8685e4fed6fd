using System;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;

namespace Esp32Tools.Efuse;

/// <summary>Key bytes or other block data on the way into a chip. Shows itself as <c>***</c> and is cleared when disposed.</summary>
public sealed class EfuseKey : IDisposable
{
    private readonly byte[] _bytes;
    private bool _disposed;

    /// <summary>Takes a copy of the bytes; clearing the original is the caller's business.</summary>
    public EfuseKey(byte[] bytes)
    {
        _bytes = (byte[])(bytes ?? throw new ArgumentNullException(nameof(bytes))).Clone();
        Fingerprint = TakeFingerprint(_bytes);
    }

    /// <summary>Number of bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>First eight hexadecimal digits of the SHA-256 of the bytes: tells keys apart and gives none away.</summary>
    public string Fingerprint { get; }

    /// <summary>Overwrites the bytes.</summary>
    public void Dispose()
    {
        Array.Clear(_bytes, 0, _bytes.Length);
        _disposed = true;
    }

    /// <summary>Three stars.</summary>
    public override string ToString() => "***";

    /// <summary>A copy of the bytes, for whoever clears it again.</summary>
    /// <exception cref="ObjectDisposedException">The bytes are cleared already.</exception>
    internal byte[] Reveal() => _disposed ? throw new ObjectDisposedException(nameof(EfuseKey)) : (byte[])_bytes.Clone();

    internal static string TakeFingerprint(byte[] bytes)
    {
        using SHA256 sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(bytes).Take(4).Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
