using System;
using System.Linq;

namespace Esp32Tools.Crypto.Keys;

/// <summary>The DER structures of keys.</summary>
internal static class KeyStructures
{
    /// <summary>
    /// PrivateKeyInfo (RFC 5208), or OneAsymmetricKey (RFC 5958): attributes and public key after it are skipped.
    /// </summary>
    public static SigningKey ReadPkcs8(byte[] content)
    {
        DerReader info = Whole(content);
        if (info.SmallNumber() > 1)
        {
            throw new DerException("its version is not known");
        }

        EllipticCurve? curve = ReadAlgorithm(info.Enter());
        byte[] key = info.Content(DerReader.OctetString);
        try
        {
            return curve is null ? ReadRsaPrivate(key) : ReadEcPrivate(key, curve);
        }
        finally
        {
            Array.Clear(key, 0, key.Length);
        }
    }

    /// <summary>RSAPrivateKey (RFC 8017, A.1.2).</summary>
    public static RsaSigningKey ReadRsaPrivate(byte[] content)
    {
        DerReader key = Whole(content);
        if (key.SmallNumber() != 0)
        {
            throw new DerException("its version is not known");
        }

        RsaPublicKey publicKey = ReadRsaPublic(key);
        byte[][] numbers = [.. Enumerable.Range(0, 6).Select(_ => key.Number())];
        key.RequireEnd();
        RsaSigningKey? read = RsaSigningKey.From(publicKey, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
        foreach (byte[] number in numbers)
        {
            Array.Clear(number, 0, number.Length);
        }

        return read ?? throw new DerException("a number in it is too large");
    }

    /// <summary>ECPrivateKey (RFC 5915).</summary>
    /// <param name="content">The structure.</param>
    /// <param name="curve">The curve named outside the structure, if any.</param>
    public static EcSigningKey ReadEcPrivate(byte[] content, EllipticCurve? curve)
    {
        const byte Curve = 0xA0;
        const byte PublicKey = 0xA1;
        DerReader key = Whole(content);
        if (key.SmallNumber() != 1)
        {
            throw new DerException("its version is not known");
        }

        byte[] scalar = key.Content(DerReader.OctetString);
        try
        {
            if (key.IsNext(Curve))
            {
                EllipticCurve named = ReadCurve(key.Enter(Curve));
                curve = curve is null || curve == named ? named : throw new DerException("it names two curves");
            }

            EcSigningKey read = EcSigningKey.FromScalar(curve ?? throw new DerException("it names no curve"), scalar)
                ?? throw new DerException("its number is none of the curve");
            if (key.IsNext(PublicKey) && !key.Enter(PublicKey).Bits().SequenceEqual(((EcPublicKey)read.PublicKey).Encode()))
            {
                throw new DerException("its public half is not that of the private one, or compressed");
            }

            key.RequireEnd();
            return read;
        }
        finally
        {
            Array.Clear(scalar, 0, scalar.Length);
        }
    }

    /// <summary>SubjectPublicKeyInfo (RFC 5280, section 4.1).</summary>
    public static SigningPublicKey ReadSubjectPublicKeyInfo(byte[] content)
    {
        DerReader info = Whole(content);
        EllipticCurve? curve = ReadAlgorithm(info.Enter());
        byte[] key = info.Bits();
        info.RequireEnd();
        if (curve is not null)
        {
            return EcPublicKey.FromEncoded(curve, key) ?? throw new DerException("it is no point of the curve, or compressed");
        }

        DerReader numbers = Whole(key);
        RsaPublicKey publicKey = ReadRsaPublic(numbers);
        numbers.RequireEnd();
        return publicKey;
    }

    private static RsaPublicKey ReadRsaPublic(DerReader numbers)
    {
        byte[] modulus = numbers.Number();
        byte[] exponent = numbers.Number();
        int bits = 8 * modulus.Length;
        for (byte top = modulus[0]; bits > 0 && top < 0x80; top <<= 1)
        {
            bits--;
        }

        return bits != 8 * RsaPublicKey.Size
            ? throw new UnsupportedKeyException($"RSA of {bits} bits")
            : RsaPublicKey.From(modulus, exponent) ?? throw new DerException("its modulus or its exponent cannot be one");
    }

    // Null for RSA.
    private static EllipticCurve? ReadAlgorithm(DerReader algorithm)
    {
        byte[] identifier = algorithm.Content(DerReader.ObjectIdentifier);
        if (identifier.SequenceEqual(KeyIdentifiers.RsaEncryption))
        {
            return null;
        }

        return identifier.SequenceEqual(KeyIdentifiers.EcPublicKey)
            ? ReadCurve(algorithm)
            : throw new UnsupportedKeyException("neither RSA nor ECDSA");
    }

    private static EllipticCurve ReadCurve(DerReader parameters)
    {
        if (!parameters.IsNext(DerReader.ObjectIdentifier))
        {
            throw new UnsupportedKeyException("on a curve without a name");
        }

        byte[] identifier = parameters.Content(DerReader.ObjectIdentifier);
        return EllipticCurve.All.FirstOrDefault(curve => curve.Identifier.SequenceEqual(identifier))
            ?? throw new UnsupportedKeyException("on another curve than these");
    }

    private static DerReader Whole(byte[] content)
    {
        var file = new DerReader(content);
        DerReader structure = file.Enter();
        file.RequireEnd();
        return structure;
    }
}
