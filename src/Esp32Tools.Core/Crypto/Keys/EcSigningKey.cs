using System;
using System.Numerics;
using System.Security.Cryptography;
using Esp32Tools.Errors;

namespace Esp32Tools.Crypto.Keys;

/// <summary>An ECDSA private key. It signs deterministically (RFC 6979): the same image and key give the same signature.</summary>
public sealed class EcSigningKey : SigningKey
{
    private readonly EcPublicKey _publicKey;
    private readonly byte[] _scalar;

    private EcSigningKey(EcPublicKey publicKey, byte[] scalar)
    {
        _publicKey = publicKey;
        _scalar = scalar;
    }

    /// <inheritdoc/>
    public override SigningPublicKey PublicKey => _publicKey;

    private EllipticCurve Curve => _publicKey.Curve;

    /// <summary>A copy of the private scalar, big-endian, as long as a coordinate (24, 32 or 48 bytes). The caller clears it.</summary>
    public byte[] GetScalar() => (byte[])_scalar.Clone();

    /// <summary>
    /// The ESP32's key for secure boot v1 that goes with this key: the SHA-256 of the scalar, or its first bytes. It is itself
    /// a secret; the caller clears it.
    /// </summary>
    /// <param name="length">32 bytes, or 24 for a chip with the 3/4 coding scheme.</param>
    /// <exception cref="Esp32Exception">
    /// <see cref="ErrorCode.KeyTypeUnsupported"/>: not on P-256; <see cref="ErrorCode.KeyLength"/>.
    /// </exception>
    public byte[] GetSecureBootV1Key(int length = 32)
    {
        if (Type != SigningKeyType.EcdsaP256)
        {
            throw new InputException(
                ErrorCode.KeyTypeUnsupported, $"Secure boot v1 takes no key of the kind {Type}.", "Give an ECDSA key on the curve P-256.");
        }

        if (length is not (24 or 32))
        {
            throw new EfuseException(ErrorCode.KeyLength, $"A key for secure boot v1 cannot have {length} bytes.", "Ask for 32 or 24 bytes.");
        }

        byte[] digest = _publicKey.Digest(_scalar, _scalar.Length);
        byte[] key = new byte[length];
        Array.Copy(digest, key, length);
        Array.Clear(digest, 0, digest.Length);
        return key;
    }

    /// <inheritdoc/>
    public override byte[] Sign(byte[] digest)
    {
        BigInteger d = BigEndian.Read(_scalar);
        BigInteger e = _publicKey.Truncate(digest);
        using DeterministicNonce nonces = new(_scalar, BigEndian.Write(e % Curve.N, Curve.Size), _publicKey.HashAlgorithm);
        while (true)
        {
            BigInteger k = nonces.Next();
            if (k.IsZero || k >= Curve.N)
            {
                continue;
            }

            BigInteger r = Curve.MultiplySecret(Curve.G, k)!.Value.X % Curve.N;
            BigInteger s = BigInteger.ModPow(k, Curve.N - 2, Curve.N) * (e + (r * d)) % Curve.N;
            if (!r.IsZero && !s.IsZero)
            {
                return [.. BigEndian.Write(r, Curve.Size), .. BigEndian.Write(s, Curve.Size)];
            }
        }
    }

    /// <summary>Takes a scalar; null when it is not valid for the curve.</summary>
    internal static EcSigningKey? FromScalar(EllipticCurve curve, byte[] scalar)
    {
        byte[]? fitted = BigEndian.Fit(scalar, curve.Size);
        if (fitted is null)
        {
            return null;
        }

        BigInteger d = BigEndian.Read(fitted);
        return d.IsZero || d >= curve.N
            ? null
            : new EcSigningKey(new EcPublicKey(curve, curve.MultiplySecret(curve.G, d)!.Value), fitted);
    }

    internal static EcSigningKey Create(EllipticCurve curve)
    {
        using RandomNumberGenerator random = RandomNumberGenerator.Create();
        while (true)
        {
            byte[] scalar = new byte[curve.Size];
            random.GetBytes(scalar);
            EcSigningKey? key = FromScalar(curve, scalar);
            Array.Clear(scalar, 0, scalar.Length);
            if (key is not null)
            {
                return key;
            }
        }
    }

    internal override byte[] ToTraditional() => Encode(DerWriter.Element(0xA0, DerWriter.Identifier(Curve.Identifier)));

    internal override byte[] ToPkcs8()
    {
        byte[] key = Encode([]);
        byte[] encoded = DerWriter.Sequence(DerWriter.Number(0), _publicKey.AlgorithmIdentifier(), DerWriter.Octets(key));
        Array.Clear(key, 0, key.Length);
        return encoded;
    }

    private protected override void Clear() => Array.Clear(_scalar, 0, _scalar.Length);

    // ECPrivateKey of RFC 5915; in PKCS#8 the curve is outside of it.
    private byte[] Encode(byte[] curve) => DerWriter.Sequence(
        DerWriter.Number(1), DerWriter.Octets(_scalar), curve, DerWriter.Element(0xA1, DerWriter.Bits(_publicKey.Encode())));
}
