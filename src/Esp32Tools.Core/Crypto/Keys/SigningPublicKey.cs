using System.Linq;
using System.Security.Cryptography;

namespace Esp32Tools.Crypto.Keys;

/// <summary>A key that images are verified with: the public half of a <see cref="SigningKey"/>.</summary>
public abstract class SigningPublicKey
{
    private protected SigningPublicKey(SigningKeyType type) => Type = type;

    /// <summary>Type of the key.</summary>
    public SigningKeyType Type { get; }

    /// <summary>Digest algorithm of signatures: SHA-384 for P-384, SHA-256 for all others.</summary>
    public HashAlgorithmName HashAlgorithm => Type == SigningKeyType.EcdsaP384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;

    /// <summary>
    /// The digest of the key in eFuses for secure boot v2: 32 bytes. The ESP32-C2 holds the first 16 of them.
    /// </summary>
    public byte[] GetEfuseDigest()
    {
        using SHA256 sha = SHA256.Create();
        return sha.ComputeHash(ToSignatureBlock());
    }

    /// <summary>The key as stored in a secure boot v2 signature block.</summary>
    public abstract byte[] ToSignatureBlock();

    /// <summary>The key as DER (SubjectPublicKeyInfo, RFC 5280).</summary>
    public abstract byte[] ToSubjectPublicKeyInfo();

    /// <summary>True when a signature over a digest was made with the private half of this key.</summary>
    /// <param name="digest">Digest of the signed data, by <see cref="HashAlgorithm"/>.</param>
    /// <param name="signature">RSA: 384 bytes, big-endian. ECDSA: r and s, big-endian, each as long as a coordinate.</param>
    public abstract bool Verify(byte[] digest, byte[] signature);

    /// <summary>The digest of data that this key signs.</summary>
    /// <param name="data">The data.</param>
    /// <param name="count">Number of bytes to digest, from the first.</param>
    public byte[] Digest(byte[] data, int count)
    {
        using System.Security.Cryptography.HashAlgorithm hash = Type == SigningKeyType.EcdsaP384 ? SHA384.Create() : SHA256.Create();
        return hash.ComputeHash(data, 0, count);
    }

    /// <summary>True when two keys are the same.</summary>
    public bool IsSameAs(SigningPublicKey other) => ToSubjectPublicKeyInfo().SequenceEqual(other.ToSubjectPublicKeyInfo());
}
