using System.Linq;
using System.Security.Cryptography;

namespace Esp32Tools.Crypto.Keys;

/// <summary>A key that images are verified with: the public half of a <see cref="SigningKey"/>.</summary>
public abstract class SigningPublicKey
{
    private protected SigningPublicKey(SigningKeyType type) => Type = type;

    /// <summary>What kind of key it is.</summary>
    public SigningKeyType Type { get; }

    /// <summary>The digest that images are signed over: SHA-384 for P-384, SHA-256 for all others.</summary>
    public HashAlgorithmName HashAlgorithm => Type == SigningKeyType.EcdsaP384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;

    /// <summary>
    /// The digest that eFuses hold of the key for secure boot v2: 32 bytes. The ESP32-C2 holds the first 16 of them.
    /// </summary>
    public byte[] GetEfuseDigest()
    {
        using SHA256 sha = SHA256.Create();
        return sha.ComputeHash(ToSignatureBlock());
    }

    /// <summary>The key as it stands in a signature block of secure boot v2.</summary>
    public abstract byte[] ToSignatureBlock();

    /// <summary>The key as DER (SubjectPublicKeyInfo, RFC 5280).</summary>
    public abstract byte[] ToSubjectPublicKeyInfo();

    /// <summary>Tells whether a signature was made over a digest with the private half of this key.</summary>
    /// <param name="digest">Digest of what was signed, by <see cref="HashAlgorithm"/>.</param>
    /// <param name="signature">RSA: 384 bytes, big-endian. ECDSA: r and s, big-endian, each as long as a coordinate.</param>
    public abstract bool Verify(byte[] digest, byte[] signature);

    /// <summary>The digest of data that this key signs.</summary>
    /// <param name="data">The data.</param>
    /// <param name="count">How many bytes of it, from the first.</param>
    public byte[] Digest(byte[] data, int count)
    {
        using System.Security.Cryptography.HashAlgorithm hash = Type == SigningKeyType.EcdsaP384 ? SHA384.Create() : SHA256.Create();
        return hash.ComputeHash(data, 0, count);
    }

    /// <summary>True when two keys are the same.</summary>
    public bool IsSameAs(SigningPublicKey other) => ToSubjectPublicKeyInfo().SequenceEqual(other.ToSubjectPublicKeyInfo());
}
