using System;

namespace Esp32Tools.Crypto.Keys;

/// <summary>A private key that images are signed with. Its bytes are cleared when it is disposed of.</summary>
public abstract class SigningKey : IDisposable
{
    /// <summary>The public half.</summary>
    public abstract SigningPublicKey PublicKey { get; }

    /// <summary>Type of the key.</summary>
    public SigningKeyType Type => PublicKey.Type;

    /// <summary>Makes a key from the system's cryptographic generator.</summary>
    /// <param name="type">Type of the key.</param>
    public static SigningKey Create(SigningKeyType type) => type switch
    {
        SigningKeyType.Rsa3072 => RsaSigningKey.Create(),
        SigningKeyType.EcdsaP192 => EcSigningKey.Create(EllipticCurve.P192),
        SigningKeyType.EcdsaP256 => EcSigningKey.Create(EllipticCurve.P256),
        SigningKeyType.EcdsaP384 => EcSigningKey.Create(EllipticCurve.P384),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>Signs a digest.</summary>
    /// <param name="digest">Digest of the data to sign, by the key's own algorithm.</param>
    /// <returns>The signature in the form that <see cref="SigningPublicKey.Verify"/> takes.</returns>
    public abstract byte[] Sign(byte[] digest);

    /// <inheritdoc/>
    public void Dispose()
    {
        Clear();
        GC.SuppressFinalize(this);
    }

    /// <summary>The traditional form: PKCS#1 or SEC1. The caller clears it.</summary>
    internal abstract byte[] ToTraditional();

    /// <summary>PKCS#8, not encrypted (RFC 5208). The caller clears it.</summary>
    internal abstract byte[] ToPkcs8();

    private protected abstract void Clear();
}
