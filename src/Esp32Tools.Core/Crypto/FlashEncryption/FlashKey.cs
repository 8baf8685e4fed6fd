using System;
using System.Linq;
using System.Security.Cryptography;
using Esp32Tools.Errors;

namespace Esp32Tools.Crypto.FlashEncryption;

/// <summary>
/// A flash encryption key on the host, in the byte order of key files. Shows itself as <c>***</c> and is cleared when disposed.
/// </summary>
public sealed class FlashKey : IDisposable
{
    /// <summary>
    /// Valid lengths of a key in bytes: half an eFuse block, a block under 3/4 coding, a whole block, and two blocks.
    /// </summary>
    private static readonly int[] s_lengths = [16, 24, 32, 64];

    private readonly byte[] _bytes;
    private bool _disposed;

    /// <summary>Takes a copy of the bytes; the caller clears the original.</summary>
    /// <param name="bytes">The key: 16, 24, 32 or 64 bytes.</param>
    /// <param name="name">Name of the key in messages: the file's path; null for none.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.KeyLength"/></exception>
    public FlashKey(byte[] bytes, string? name = null)
    {
        int length = (bytes ?? throw new ArgumentNullException(nameof(bytes))).Length;
        Name = name;
        if (!s_lengths.Contains(length))
        {
            throw WrongLength(name, length, "16, 24, 32 or 64");
        }

        _bytes = (byte[])bytes.Clone();
        Fingerprint = Compat.Fingerprint.Of(_bytes);
    }

    /// <summary>Number of bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>Name of the key in messages; null for none.</summary>
    public string? Name { get; }

    /// <summary>First eight hexadecimal digits of the SHA-256 of the bytes: distinguishes keys without revealing them.</summary>
    public string Fingerprint { get; }

    /// <summary>Makes a key from the system's cryptographic random generator.</summary>
    /// <param name="length">Bytes: 16, 24, 32 or 64.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.KeyLength"/></exception>
    public static FlashKey Generate(int length)
    {
        byte[] bytes = new byte[Math.Max(length, 0)];
        try
        {
            using var random = RandomNumberGenerator.Create();
            random.GetBytes(bytes);
            return new FlashKey(bytes);
        }
        finally
        {
            Array.Clear(bytes, 0, bytes.Length);
        }
    }

    /// <summary>A copy of the bytes; the caller clears it.</summary>
    /// <exception cref="ObjectDisposedException">The bytes are cleared already.</exception>
    public byte[] Reveal() => _disposed ? throw new ObjectDisposedException(nameof(FlashKey)) : (byte[])_bytes.Clone();

    /// <summary>Overwrites the bytes.</summary>
    public void Dispose()
    {
        Array.Clear(_bytes, 0, _bytes.Length);
        _disposed = true;
    }

    /// <summary>Returns <c>***</c>, never the key.</summary>
    public override string ToString() => "***";

    internal static InputException WrongLength(string? name, int length, string expected) => new(
        ErrorCode.KeyLength,
        $"{(name is null ? "The key" : $"The key '{name}'")} has {length} bytes; it has to have {expected}.",
        "Check that it is the key itself and not text of it, and the key of this chip.")
    { Target = name };
}
