using System;
using System.Linq;
using System.Numerics;

namespace Esp32Tools.Crypto.Keys;

/// <summary>An ECDSA public key.</summary>
public sealed class EcPublicKey : SigningPublicKey
{
    private const byte Uncompressed = 4;

    private readonly EcPoint _point;

    internal EcPublicKey(EllipticCurve curve, EcPoint point)
        : base(curve.Type)
    {
        Curve = curve;
        _point = point;
    }

    /// <summary>The point: x, then y, big-endian.</summary>
    public byte[] GetPoint() => [.. BigEndian.Write(_point.X, Curve.Size), .. BigEndian.Write(_point.Y, Curve.Size)];

    internal EllipticCurve Curve { get; }

    /// <summary>Reads x and y; null when it is not a point of the curve.</summary>
    internal static EcPublicKey? FromPoint(EllipticCurve curve, byte[] x, byte[] y)
    {
        var point = new EcPoint(BigEndian.Read(x), BigEndian.Read(y));
        return curve.Contains(point) ? new EcPublicKey(curve, point) : null;
    }

    /// <summary>Reads the form of SEC1, section 2.3.3, uncompressed; null when it is not a point of the curve.</summary>
    internal static EcPublicKey? FromEncoded(EllipticCurve curve, byte[] encoded) =>
        encoded.Length == 1 + (2 * curve.Size) && encoded[0] == Uncompressed
            ? FromPoint(curve, [.. encoded.Skip(1).Take(curve.Size)], [.. encoded.Skip(1 + curve.Size)])
            : null;

    internal byte[] Encode() => [Uncompressed, .. GetPoint()];

    /// <inheritdoc/>
    /// <remarks>The curve's number, x and y little-endian, and zeros up to twice 32 bytes, on P-384 twice 48.</remarks>
    public override byte[] ToSignatureBlock()
    {
        int room = Type == SigningKeyType.EcdsaP384 ? 96 : 64;
        byte[] block = new byte[1 + room];
        block[0] = Type switch { SigningKeyType.EcdsaP192 => 1, SigningKeyType.EcdsaP256 => 2, _ => 3 };
        BigEndian.Reversed(BigEndian.Write(_point.X, Curve.Size)).CopyTo(block, 1);
        BigEndian.Reversed(BigEndian.Write(_point.Y, Curve.Size)).CopyTo(block, 1 + Curve.Size);
        return block;
    }

    /// <inheritdoc/>
    public override byte[] ToSubjectPublicKeyInfo() => DerWriter.Sequence(AlgorithmIdentifier(), DerWriter.Bits(Encode()));

    internal byte[] AlgorithmIdentifier() =>
        DerWriter.Sequence(DerWriter.Identifier(KeyIdentifiers.EcPublicKey), DerWriter.Identifier(Curve.Identifier));

    /// <inheritdoc/>
    public override bool Verify(byte[] digest, byte[] signature)
    {
        if (signature.Length != 2 * Curve.Size)
        {
            return false;
        }

        BigInteger r = BigEndian.Read([.. signature.Take(Curve.Size)]);
        BigInteger s = BigEndian.Read([.. signature.Skip(Curve.Size)]);
        if (r.IsZero || s.IsZero || r >= Curve.N || s >= Curve.N)
        {
            return false;
        }

        BigInteger inverse = BigInteger.ModPow(s, Curve.N - 2, Curve.N);
        EcPoint? sum = Curve.MultiplyAdd(
            Curve.G, Truncate(digest) * inverse % Curve.N, _point, r * inverse % Curve.N);
        return sum is not null && sum.Value.X % Curve.N == r;
    }

    /// <summary>The leftmost bits of a digest, as many as the order has (FIPS 186-5, section 6.4).</summary>
    internal BigInteger Truncate(byte[] digest) => BigEndian.Read([.. digest.Take(Math.Min(digest.Length, Curve.Size))]);
}
