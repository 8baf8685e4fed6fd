using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace Esp32Tools.Crypto.Keys;

/// <summary>
/// A NIST curve y^2 = x^3 - 3x + b over a prime field (SP 800-186), and sums of its points. Our own arithmetic, because not
/// every platform has P-192, and none makes the deterministic signatures that comparing secure boot v1 files requires.
/// </summary>
internal sealed class EllipticCurve
{
    private EllipticCurve(SigningKeyType type, int size, byte[] identifier, string p, string b, string n, string x, string y)
    {
        Type = type;
        Size = size;
        Identifier = identifier;
        P = Number(p);
        B = Number(b);
        N = Number(n);
        G = new EcPoint(Number(x), Number(y));
    }

    public static EllipticCurve P192 { get; } = new(
        SigningKeyType.EcdsaP192, 24, [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x01],
        "fffffffffffffffffffffffffffffffeffffffffffffffff",
        "64210519e59c80e70fa7e9ab72243049feb8deecc146b9b1",
        "ffffffffffffffffffffffff99def836146bc9b1b4d22831",
        "188da80eb03090f67cbf20eb43a18800f4ff0afd82ff1012",
        "07192b95ffc8da78631011ed6b24cdd573f977a11e794811");

    public static EllipticCurve P256 { get; } = new(
        SigningKeyType.EcdsaP256, 32, [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07],
        "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
        "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
        "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
        "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
        "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5");

    public static EllipticCurve P384 { get; } = new(
        SigningKeyType.EcdsaP384, 48, [0x2B, 0x81, 0x04, 0x00, 0x22],
        "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
        "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef",
        "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
        "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7",
        "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f");

    public static IReadOnlyList<EllipticCurve> All { get; } = [P192, P256, P384];

    public SigningKeyType Type { get; }

    /// <summary>Size of a coordinate and of a scalar, in bytes.</summary>
    public int Size { get; }

    /// <summary>The object identifier, as DER holds it.</summary>
    public byte[] Identifier { get; }

    /// <summary>The order of the base point.</summary>
    public BigInteger N { get; }

    public EcPoint G { get; }

    private BigInteger P { get; }

    private BigInteger B { get; }

    public bool Contains(EcPoint point) =>
        point.X.Sign >= 0 && point.X < P && point.Y.Sign >= 0 && point.Y < P
        && Mod((point.Y * point.Y) - (((point.X * point.X) - 3) * point.X) - B).IsZero;

    /// <summary>
    /// A multiple of a point by a secret. A random multiple of the order is added to the scalar, so that the timing reveals
    /// less about the scalar.
    /// </summary>
    public EcPoint? MultiplySecret(EcPoint point, BigInteger scalar)
    {
        byte[] blind = new byte[8];
        using (RandomNumberGenerator random = RandomNumberGenerator.Create())
        {
            random.GetBytes(blind);
        }

        return Multiply(point, scalar + (N * BigEndian.Read(blind)));
    }

    /// <summary>A multiple of a point; null for the point at infinity.</summary>
    public EcPoint? Multiply(EcPoint point, BigInteger scalar) => ToAffine(Jacobian(point, scalar));

    /// <summary>The sum of two multiples; null for the point at infinity.</summary>
    public EcPoint? MultiplyAdd(EcPoint first, BigInteger firstScalar, EcPoint second, BigInteger secondScalar) =>
        ToAffine(Add(Jacobian(first, firstScalar), Jacobian(second, secondScalar)));

    // Jacobian coordinates: x = X/Z^2, y = Y/Z^3; Z = 0 is the point at infinity.
    private (BigInteger X, BigInteger Y, BigInteger Z) Jacobian(EcPoint point, BigInteger scalar)
    {
        byte[] bits = scalar.ToByteArray();
        (BigInteger X, BigInteger Y, BigInteger Z) sum = (BigInteger.One, BigInteger.One, BigInteger.Zero);
        for (int i = (bits.Length * 8) - 1; i >= 0; i--)
        {
            sum = Double(sum);
            if (((bits[i / 8] >> (i % 8)) & 1) != 0)
            {
                sum = Add(sum, (point.X, point.Y, BigInteger.One));
            }
        }

        Array.Clear(bits, 0, bits.Length);
        return sum;
    }

    private (BigInteger X, BigInteger Y, BigInteger Z) Double((BigInteger X, BigInteger Y, BigInteger Z) a)
    {
        if (a.Z.IsZero)
        {
            return a;
        }

        BigInteger zz = Mod(a.Z * a.Z);
        BigInteger yy = Mod(a.Y * a.Y);
        BigInteger s = Mod(4 * a.X * yy);
        BigInteger m = Mod(3 * (a.X - zz) * (a.X + zz));
        BigInteger x = Mod((m * m) - (2 * s));
        return (x, Mod((m * (s - x)) - (8 * yy * yy)), Mod(2 * a.Y * a.Z));
    }

    private (BigInteger X, BigInteger Y, BigInteger Z) Add((BigInteger X, BigInteger Y, BigInteger Z) a, (BigInteger X, BigInteger Y, BigInteger Z) b)
    {
        if (a.Z.IsZero || b.Z.IsZero)
        {
            return a.Z.IsZero ? b : a;
        }

        BigInteger aa = Mod(a.Z * a.Z);
        BigInteger bb = Mod(b.Z * b.Z);
        BigInteger u = Mod(a.X * bb);
        BigInteger h = Mod((b.X * aa) - u);
        BigInteger s = Mod(a.Y * bb * b.Z);
        BigInteger r = Mod((b.Y * aa * a.Z) - s);
        if (h.IsZero)
        {
            return r.IsZero ? Double(a) : (BigInteger.One, BigInteger.One, BigInteger.Zero);
        }

        BigInteger hh = Mod(h * h);
        BigInteger hhh = Mod(h * hh);
        BigInteger v = Mod(u * hh);
        BigInteger x = Mod((r * r) - hhh - (2 * v));
        return (x, Mod((r * (v - x)) - (s * hhh)), Mod(h * a.Z * b.Z));
    }

    private EcPoint? ToAffine((BigInteger X, BigInteger Y, BigInteger Z) point)
    {
        if (point.Z.IsZero)
        {
            return null;
        }

        BigInteger inverse = BigInteger.ModPow(point.Z, P - 2, P);
        BigInteger square = Mod(inverse * inverse);
        return new EcPoint(Mod(point.X * square), Mod(point.Y * square * inverse));
    }

    private BigInteger Mod(BigInteger value)
    {
        BigInteger rest = BigInteger.Remainder(value, P);
        return rest.Sign < 0 ? rest + P : rest;
    }

    private static BigInteger Number(string hex) => BigInteger.Parse("0" + hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
