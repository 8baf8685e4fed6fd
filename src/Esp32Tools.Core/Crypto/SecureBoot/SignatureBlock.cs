using System;
using System.Linq;
using Esp32Tools.Compat;
using Esp32Tools.Crypto.Keys;

namespace Esp32Tools.Crypto.SecureBoot;

/// <summary>
/// One signature of secure boot v2, 1216 bytes (ESP-IDF, secure boot v2, signature block format):
/// <code>
///      0  E7, version (2 RSA, 3 ECDSA), 0 or 1 for SHA-384, 0
///      4  digest of the image: 32 bytes, P-384 48
///         RSA: modulus 384, exponent 4, R 384, M' 4; ECDSA: curve 1, x and y in 64, P-384 96
///         RSA: signature 384; ECDSA: r and s in 64, P-384 96. All numbers are little-endian
///   1196  CRC-32 of all bytes before it
///   1200  16 x 0
/// </code>
/// </summary>
internal sealed class SignatureBlock
{
    public const int Size = 1216;

    private const int CrcOffset = 1196;
    private const int DigestOffset = 4;
    private const byte Magic = 0xE7;
    private const byte Rsa = 2;
    private const byte Ecdsa = 3;

    private SignatureBlock(SigningPublicKey key, byte[] digest, byte[] signature)
    {
        Key = key;
        Digest = digest;
        Signature = signature;
    }

    public SigningPublicKey Key { get; }

    public byte[] Digest { get; }

    /// <summary>In the form of <see cref="SigningPublicKey.Verify"/>.</summary>
    public byte[] Signature { get; }

    /// <summary>True when the signature is a valid signature of the digest by the key.</summary>
    public bool IsSignatureGood => Key.Verify(Digest, Signature);

    public static byte[] Encode(SigningPublicKey key, byte[] digest, byte[] signature)
    {
        byte[] block = new byte[Size];
        block[0] = Magic;
        block[1] = key.Type == SigningKeyType.Rsa3072 ? Rsa : Ecdsa;
        block[2] = (byte)(key.Type == SigningKeyType.EcdsaP384 ? 1 : 0);
        byte[] keyBytes = key.ToSignatureBlock();
        digest.CopyTo(block, DigestOffset);
        keyBytes.CopyTo(block, DigestOffset + digest.Length);
        int offset = DigestOffset + digest.Length + keyBytes.Length;
        int part = key.Type == SigningKeyType.Rsa3072 ? signature.Length : signature.Length / 2;
        for (int from = 0; from < signature.Length; from += part)
        {
            BigEndian.Reversed([.. signature.Skip(from).Take(part)]).CopyTo(block, offset + from);
        }

        LittleEndian.WriteUInt32(block, CrcOffset, Crc32.Of(block, 0, CrcOffset));
        return block;
    }

    /// <summary>True when the bytes begin like a block, complete or not.</summary>
    public static bool LooksLike(byte[] sector, int offset) => sector[offset] == Magic && sector[offset + 1] is Rsa or Ecdsa;

    /// <summary>True when the place is blank.</summary>
    public static bool IsFree(byte[] sector, int offset) => sector.Skip(offset).Take(Size).All(value => value == 0xFF);

    /// <summary>Reads a block; null when it is not intact.</summary>
    public static SignatureBlock? Decode(byte[] sector, int offset)
    {
        byte[] block = [.. sector.Skip(offset).Take(Size)];
        if (!LooksLike(block, 0) || LittleEndian.ReadUInt32(block, CrcOffset) != Crc32.Of(block, 0, CrcOffset))
        {
            return null;
        }

        SignatureBlock? decoded = block[1] == Rsa ? DecodeRsa(block) : DecodeEcdsa(block);

        // Values derived from the key, unused bytes and the trailing zeros must be as we would write them.
        return decoded is not null && block.SequenceEqual(Encode(decoded.Key, decoded.Digest, decoded.Signature)) ? decoded : null;
    }

    private static SignatureBlock? DecodeRsa(byte[] block)
    {
        const int ModulusOffset = DigestOffset + 32;
        const int ExponentOffset = ModulusOffset + RsaPublicKey.Size;
        const int SignatureOffset = ExponentOffset + 4 + RsaPublicKey.Size + 4;
        RsaPublicKey? key = RsaPublicKey.From(Reversed(block, ModulusOffset, RsaPublicKey.Size), Reversed(block, ExponentOffset, 4));
        return key is null ? null : new SignatureBlock(key, Part(block, DigestOffset, 32), Reversed(block, SignatureOffset, RsaPublicKey.Size));
    }

    private static SignatureBlock? DecodeEcdsa(byte[] block)
    {
        int digestSize = block[2] == 1 ? 48 : 32;
        int curveOffset = DigestOffset + digestSize;
        EllipticCurve? curve = EllipticCurve.All.ElementAtOrDefault(block[curveOffset] - 1);
        if (curve is null || (curve == EllipticCurve.P384) != (digestSize == 48))
        {
            return null;
        }

        int size = curve.Size;
        int signatureOffset = curveOffset + 1 + (2 * digestSize);
        EcPublicKey? key = EcPublicKey.FromPoint(curve, Reversed(block, curveOffset + 1, size), Reversed(block, curveOffset + 1 + size, size));
        byte[] signature = [.. Reversed(block, signatureOffset, size), .. Reversed(block, signatureOffset + size, size)];
        return key is null ? null : new SignatureBlock(key, Part(block, DigestOffset, digestSize), signature);
    }

    private static byte[] Part(byte[] block, int offset, int count)
    {
        byte[] part = new byte[count];
        Array.Copy(block, offset, part, 0, count);
        return part;
    }

    private static byte[] Reversed(byte[] block, int offset, int count) => BigEndian.Reversed(Part(block, offset, count));
}
