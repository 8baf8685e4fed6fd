using System;
using System.Linq;
using System.Numerics;
using System.Security.Cryptography;
using Esp32Tools.Compat;

namespace Esp32Tools.Crypto.Keys;

/// <summary>An RSA-3072 public key.</summary>
public sealed class RsaPublicKey : SigningPublicKey
{
    /// <summary>Size of the modulus and of a signature, in bytes.</summary>
    internal const int Size = 384;

    private readonly byte[] _modulus;
    private readonly byte[] _exponent;

    private RsaPublicKey(byte[] modulus, byte[] exponent)
        : base(SigningKeyType.Rsa3072)
    {
        _modulus = modulus;
        _exponent = exponent;
    }

    /// <summary>
    /// Takes modulus and exponent, big-endian; null when the modulus does not have 3072 bits, or the exponent does not fit 32
    /// bits.
    /// </summary>
    internal static RsaPublicKey? From(byte[] modulus, byte[] exponent)
    {
        byte[]? fitted = BigEndian.Fit(modulus, Size);
        byte[]? word = BigEndian.Fit(exponent, sizeof(uint));
        bool isUsable = fitted is not null && word is not null && fitted[0] >= 0x80 && fitted[Size - 1] % 2 == 1
            && word[3] % 2 == 1 && (word[3] > 1 || word.Take(3).Any(digit => digit != 0));
        return isUsable ? new RsaPublicKey(fitted!, word!) : null;
    }

    /// <inheritdoc/>
    /// <remarks>Modulus n, exponent, 2^6144 mod n and -1/n mod 2^32, all little-endian: the last two spare the ROM divisions.</remarks>
    public override byte[] ToSignatureBlock()
    {
        BigInteger n = BigEndian.Read(_modulus);
        byte[] r = BigEndian.Write(BigInteger.ModPow(2, 2 * 8 * Size, n), Size);
        byte[] block = new byte[Size + 4 + Size + 4];
        BigEndian.Reversed(_modulus).CopyTo(block, 0);
        BigEndian.Reversed(_exponent).CopyTo(block, Size);
        BigEndian.Reversed(r).CopyTo(block, Size + 4);
        uint low = LittleEndian.ReadUInt32(block, 0);
        LittleEndian.WriteUInt32(block, Size + 4 + Size, unchecked(0 - InverseOf(low)));
        return block;
    }

    /// <inheritdoc/>
    public override byte[] ToSubjectPublicKeyInfo() => DerWriter.Sequence(
        AlgorithmIdentifier(),
        DerWriter.Bits(DerWriter.Sequence(DerWriter.Number(_modulus), DerWriter.Number(_exponent))));

    internal static byte[] AlgorithmIdentifier() =>
        DerWriter.Sequence(DerWriter.Identifier(KeyIdentifiers.RsaEncryption), DerWriter.Null());

    internal RSAParameters Parameters() => new() { Modulus = _modulus, Exponent = [.. _exponent.SkipWhile(digit => digit == 0)] };

    /// <inheritdoc/>
    public override bool Verify(byte[] digest, byte[] signature)
    {
        using RSA rsa = PlatformRsa.Create();
        rsa.ImportParameters(Parameters());
        return signature.Length == Size && rsa.VerifyHash(digest, signature, HashAlgorithm, RSASignaturePadding.Pss);
    }

    // Newton's step doubles the number of correct bits; an odd number is its own inverse modulo 8.
    private static uint InverseOf(uint odd)
    {
        uint inverse = odd;
        for (int bits = 3; bits < 32; bits *= 2)
        {
            inverse = unchecked(inverse * (2 - (odd * inverse)));
        }

        return inverse;
    }
}
