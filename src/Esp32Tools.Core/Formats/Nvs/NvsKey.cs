using System;
using System.Linq;
using System.Security.Cryptography;
using Esp32Tools.Compat;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Nvs;

/// <summary>
/// The key of an encrypted NVS partition: 32 bytes for the data and 32 for the addresses. Shows itself as <c>***</c> and is cleared
/// when disposed. A file or an <c>nvs_keys</c> partition holds it as
/// <code>
/// 0 key of the data, 32    32 key of the addresses, 32    64 CRC of these 64 bytes, u32    68 unused, FF, to 4096
/// </code>
/// </summary>
public sealed class NvsKey : IDisposable
{
    /// <summary>Size of the key itself, in bytes.</summary>
    public const int Length = 64;

    /// <summary>Size of an HMAC key to derive a key from, in bytes.</summary>
    public const int HmacKeyLength = 32;

    private const int FileLength = 0x1000;

    // The firmware's message to the HMAC peripheral, eight times over (ESP-IDF, nvs_sec_provider).
    private static readonly byte[] s_dataSeed = [0x5A, 0x5A, 0xBE, 0xAE];
    private static readonly byte[] s_addressSeed = [0xA5, 0xA5, 0xDE, 0xCE];

    private readonly byte[] _bytes;
    private bool _disposed;

    private NvsKey(byte[] bytes)
    {
        _bytes = bytes;
        Fingerprint = Compat.Fingerprint.Of(_bytes);
    }

    /// <summary>First eight hexadecimal digits of the SHA-256 of the 64 bytes: distinguishes keys without revealing them.</summary>
    public string Fingerprint { get; }

    /// <summary>Makes a key from the system's cryptographic random generator.</summary>
    public static NvsKey Generate()
    {
        byte[] bytes = new byte[Length];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        return new NvsKey(bytes);
    }

    /// <summary>Reads a key; the caller clears the bytes passed in.</summary>
    /// <param name="bytes">A key file or <c>nvs_keys</c> partition of 4096 bytes, or the 64 bytes of the key alone.</param>
    /// <param name="name">Name of the key in messages: the file's path; null for none.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.KeyLength"/>; <see cref="ErrorCode.KeyFileInvalid"/>: it is blank, or its CRC is wrong.
    /// </exception>
    public static NvsKey FromFile(byte[] bytes, string? name = null)
    {
        string subject = name is null ? "The NVS key" : $"The NVS key '{name}'";
        if (bytes.Length is not (Length or FileLength))
        {
            throw new InputException(
                ErrorCode.KeyLength,
                $"{subject} has {bytes.Length} bytes; it has to have {FileLength}, or {Length} without its CRC.",
                bytes.Length == HmacKeyLength ? "This is the length of an HMAC key, from which the key is derived." : "Check that it is the key file itself.")
            { Target = name };
        }

        if (bytes.Length == FileLength)
        {
            RequireCrc(bytes, subject, name);
        }

        byte[] key = new byte[Length];
        Array.Copy(bytes, key, Length);
        return new NvsKey(key);
    }

    /// <summary>Derives the same key as a chip does from the HMAC key in its eFuses (purpose HMAC_UP).</summary>
    /// <param name="hmacKey">32 bytes; the caller clears them.</param>
    /// <param name="name">Name of the HMAC key in messages; null for none.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.KeyLength"/></exception>
    public static NvsKey FromHmac(byte[] hmacKey, string? name = null)
    {
        if (hmacKey.Length != HmacKeyLength)
        {
            throw new InputException(
                ErrorCode.KeyLength,
                $"The HMAC key{(name is null ? string.Empty : $" '{name}'")} has {hmacKey.Length} bytes; it has to have {HmacKeyLength}.",
                "Check that it is the key itself and not text of it.")
            { Target = name };
        }

        byte[] key = new byte[Length];
        using var hmac = new HMACSHA256(hmacKey);
        int done = 0;
        foreach (byte[] seed in new[] { s_dataSeed, s_addressSeed })
        {
            byte[] half = hmac.ComputeHash([.. Enumerable.Repeat(seed, 8).SelectMany(four => four)]);
            half.CopyTo(key, done);
            done += half.Length;
            Array.Clear(half, 0, half.Length);
        }

        return new NvsKey(key);
    }

    /// <summary>The 4096 bytes of a key file or an <c>nvs_keys</c> partition; the caller clears them.</summary>
    /// <exception cref="ObjectDisposedException">The key is cleared already.</exception>
    public byte[] ToFileBytes()
    {
        byte[] bytes = new byte[FileLength];
        Reveal(bytes);
        LittleEndian.WriteUInt32(bytes, Length, Crc32.Of(bytes, 0, Length, uint.MaxValue));
        for (int i = Length + sizeof(uint); i < bytes.Length; i++)
        {
            bytes[i] = byte.MaxValue;
        }

        return bytes;
    }

    /// <summary>Overwrites the bytes.</summary>
    public void Dispose()
    {
        Array.Clear(_bytes, 0, _bytes.Length);
        _disposed = true;
    }

    /// <summary>Returns <c>***</c>, never the key.</summary>
    public override string ToString() => "***";

    /// <summary>The cipher with this key.</summary>
    internal AesXts ToXts()
    {
        byte[] bytes = new byte[Length];
        Reveal(bytes);
        var xts = new AesXts(bytes);
        Array.Clear(bytes, 0, bytes.Length);
        return xts;
    }

    private void Reveal(byte[] target)
    {
        if (_disposed)
        {
            throw new ObjectDisposedException(nameof(NvsKey));
        }

        _bytes.CopyTo(target, 0);
    }

    private static void RequireCrc(byte[] bytes, string subject, string? name)
    {
        if (Array.TrueForAll(bytes, octet => octet == byte.MaxValue))
        {
            throw new InputException(
                ErrorCode.KeyFileInvalid, $"{subject} is blank.", "The firmware makes a key when it first starts; read the partition again after that.")
            { Target = name };
        }

        if (LittleEndian.ReadUInt32(bytes, Length) != Crc32.Of(bytes, 0, Length, uint.MaxValue))
        {
            throw new InputException(
                ErrorCode.KeyFileInvalid,
                $"{subject} is damaged or no NVS key: its CRC is wrong.",
                "If it was read from a chip with flash encryption, it has to be decrypted first.")
            { Target = name };
        }
    }
}
