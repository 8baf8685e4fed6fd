using System;
using System.Linq;
using System.Security;
using System.Text;
using System.Threading;
using Esp32Tools.Compat;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Errors;

namespace Esp32Tools.Protection.SecureBoot;

/// <summary>The digest of a key for a chip to trust in secure boot v2. It holds no secret.</summary>
public sealed class SecureBootDigest
{
    /// <summary>Size of a digest in bytes.</summary>
    public const int Size = 32;

    private const int ShortSize = Size / 2;

    private readonly byte[] _bytes;

    private SecureBootDigest(byte[] bytes, string name, SigningKeyType? keyType)
    {
        _bytes = bytes;
        Name = name;
        KeyType = keyType;
    }

    /// <summary>Name of the key in messages: its file.</summary>
    public string Name { get; }

    /// <summary>Type of the key; null when only its digest is known.</summary>
    public SigningKeyType? KeyType { get; }

    /// <summary>The digest, hexadecimal.</summary>
    public string Digest => Hex.Encode(_bytes);

    /// <summary>Reads a file: a private or a public key in PEM, or the digest itself.</summary>
    /// <param name="content">Its contents; the caller clears them afterwards.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="passphrase">Passphrase of an encrypted private key; null for none.</param>
    /// <param name="cancellationToken">Ends the wait for an encrypted key.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.KeyLength"/>: neither PEM nor 32 bytes, or 16 for a chip with half a block; and the errors of <see
    /// cref="KeyPem.ReadPublic"/>.
    /// </exception>
    public static SecureBootDigest Read(byte[] content, string name, SecureString? passphrase = null, CancellationToken cancellationToken = default)
    {
        if (IsPem(content))
        {
            SigningPublicKey key = KeyPem.ReadPublic(content, name, passphrase, cancellationToken);
            return new SecureBootDigest(key.GetEfuseDigest(), name, key.Type);
        }

        return content.Length is Size or ShortSize ? new SecureBootDigest((byte[])content.Clone(), name, null) : throw new InputException(
            ErrorCode.KeyLength,
            $"'{name}' has {content.Length} bytes: it is neither a key in PEM form nor the digest of one.",
            "A digest has 32 bytes; half of one, which is all that one chip keeps, has 16.")
        { Target = name };
    }

    /// <summary>
    /// The name, and the digest's first bytes if it was made from a key: 32 bytes of a file may be a secret, given by mistake.
    /// </summary>
    public override string ToString() => KeyType is null ? Name : $"{Name} ({Digest.Substring(0, 8)}...)";

    /// <summary>True for a PEM file.</summary>
    internal static bool IsPem(byte[] content) => Encoding.ASCII.GetString(content).Contains("-----BEGIN ");

    /// <summary>True when a digest is this one, as far as both are known: a chip may keep only the first half.</summary>
    internal bool Matches(byte[] digest) => digest.Take(_bytes.Length).SequenceEqual(_bytes.Take(digest.Length));

    /// <summary>The digest in the form for a slot of a chip.</summary>
    /// <param name="length">Size of the slot in bytes.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.KeyLength"/>: half a digest, but the chip keeps full digests.
    /// </exception>
    internal byte[] For(int length) => _bytes.Length >= length ? [.. _bytes.Take(length)] : throw new InputException(
        ErrorCode.KeyLength, $"'{Name}' is half a digest, and this chip keeps whole ones.", $"Give the {Size} bytes of it, or the key.")
    { Target = Name };
}
