using System;
using System.Security.Cryptography;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Nvs;

/// <summary>
/// The 32 bytes of an eFuse key block with the purpose HMAC_UP, from which a chip derives the key of its NVS partition. Shows
/// itself as <c>***</c> and is cleared when disposed.
/// </summary>
public sealed class NvsHmacKey : IDisposable
{
    private readonly byte[] _bytes;

    /// <summary>Takes a copy of the bytes; the caller clears the original.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.KeyLength"/>: there are not 32.</exception>
    public NvsHmacKey(byte[] bytes)
    {
        using var key = NvsKey.FromHmac(bytes, null);
        _bytes = (byte[])bytes.Clone();
        Fingerprint = Compat.Fingerprint.Of(_bytes);
    }

    /// <summary>First eight hexadecimal digits of the SHA-256 of the bytes: distinguishes keys without revealing them.</summary>
    public string Fingerprint { get; }

    /// <summary>Makes one from the system's cryptographic random generator.</summary>
    public static NvsHmacKey Generate()
    {
        byte[] bytes = new byte[NvsKey.HmacKeyLength];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        NvsHmacKey key = new(bytes);
        Array.Clear(bytes, 0, bytes.Length);
        return key;
    }

    /// <summary>A copy of the bytes; the caller clears it.</summary>
    public byte[] ToBytes() => (byte[])_bytes.Clone();

    /// <summary>Overwrites the bytes.</summary>
    public void Dispose() => Array.Clear(_bytes, 0, _bytes.Length);

    /// <summary>Returns <c>***</c>, never the key.</summary>
    public override string ToString() => "***";
}
