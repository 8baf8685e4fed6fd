using System;
using System.Linq;
using System.Security;
using System.Threading;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Crypto.SecureBoot;
using Esp32Tools.Errors;

namespace Esp32Tools.Protection.SecureBoot;

/// <summary>
/// The ESP32's key for secure boot v1: a secret that is burned into eFuse, read-protected, and used for digests of bootloaders.
/// Shows itself as <c>***</c> and is cleared when disposed.
/// </summary>
public sealed class SecureBootV1Key : IDisposable
{
    private const int WholeSize = 32;
    private const int ShortSize = 24;

    private readonly byte[] _bytes;
    private bool _disposed;

    private SecureBootV1Key(byte[] bytes, string name, SigningPublicKey? publicKey)
    {
        _bytes = bytes;
        Name = name;
        PublicKey = publicKey;
    }

    /// <summary>Name of the key in messages: its file.</summary>
    public string Name { get; }

    /// <summary>Length of the key in bytes: 32, or 24 when a key for the 3/4 coding scheme was given as bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>
    /// Public key that verifies applications; null when the key itself was given instead of the private key it is made from.
    /// </summary>
    public SigningPublicKey? PublicKey { get; }

    /// <summary>Reads a file: a private key on P-256 in PEM, whose digest is the key, or the key itself.</summary>
    /// <param name="content">Its contents; the caller clears them afterwards.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="passphrase">Passphrase of an encrypted private key; null for none.</param>
    /// <param name="cancellationToken">Ends the wait for an encrypted key.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.KeyLength"/>: neither PEM nor 32 or 24 bytes; <see cref="ErrorCode.KeyTypeUnsupported"/>: not on P-256;
    /// and the errors of <see cref="KeyPem.ReadPrivate"/>.
    /// </exception>
    public static SecureBootV1Key Read(byte[] content, string name, SecureString? passphrase = null, CancellationToken cancellationToken = default)
    {
        if (!SecureBootDigest.IsPem(content))
        {
            return content.Length is WholeSize or ShortSize ? new SecureBootV1Key((byte[])content.Clone(), name, null) : throw WrongLength(
                name, content.Length, $"Give {WholeSize} bytes, {ShortSize} for a chip with the 3/4 coding scheme, or a private key on P-256.");
        }

        using SigningKey key = KeyPem.ReadPrivate(content, name, passphrase, cancellationToken);
        return key is EcSigningKey { Type: SigningKeyType.EcdsaP256 } ec
            ? new SecureBootV1Key(ec.GetSecureBootV1Key(), name, ec.PublicKey)
            : throw new InputException(
                ErrorCode.KeyTypeUnsupported, $"Secure boot v1 takes no key of the kind {key.Type}.", "Give an ECDSA key on the curve P-256.")
            { Target = name };
    }

    /// <summary>A copy of the key in the length that a chip requires; the caller clears it.</summary>
    /// <param name="length">32 bytes, or 24 for a chip with the 3/4 coding scheme.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.KeyLength"/>: the key is shorter, or has another fixed length.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The bytes are cleared already.</exception>
    public byte[] Reveal(int length)
    {
        // A private key gives both lengths; a key given as bytes has a fixed length.
        bool fits = length == _bytes.Length || (length == ShortSize && PublicKey is not null);
        return _disposed ? throw new ObjectDisposedException(nameof(SecureBootV1Key))
            : fits ? [.. _bytes.Take(length)]
            : throw WrongLength(Name, _bytes.Length, $"This chip takes {length}.");
    }

    /// <summary>Makes the digest file of a bootloader; see <see cref="BootloaderDigest"/>.</summary>
    /// <param name="image">The bootloader.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="length">Length of the key in the chip: 32 bytes, or 24.</param>
    /// <param name="random">The 128 random bytes; null for new ones.</param>
    /// <exception cref="Esp32Exception">As for <see cref="BootloaderDigest.Make(byte[], string, byte[])"/>.</exception>
    public byte[] MakeDigest(byte[] image, string name, int length, byte[]? random = null)
    {
        byte[] key = Reveal(length);
        try
        {
            return random is null ? BootloaderDigest.Make(image, name, key) : BootloaderDigest.Make(image, name, key, random);
        }
        finally
        {
            Array.Clear(key, 0, key.Length);
        }
    }

    /// <summary>Overwrites the bytes.</summary>
    public void Dispose()
    {
        Array.Clear(_bytes, 0, _bytes.Length);
        _disposed = true;
    }

    /// <summary>Returns <c>***</c>, never the key.</summary>
    public override string ToString() => "***";

    private static InputException WrongLength(string name, int length, string advice) =>
        new(ErrorCode.KeyLength, $"The key '{name}' for secure boot v1 has {length} bytes.", advice) { Target = name };
}
