using System;
using System.Linq;
using System.Security;
using System.Security.Cryptography;
using System.Threading;
using Esp32Tools.Compat;

namespace Esp32Tools.Crypto.Keys;

/// <summary>
/// EncryptedPrivateKeyInfo (RFC 5958) under PBES2 (RFC 8018): PBKDF2 derives a key from the passphrase, AES-CBC encrypts with
/// it. It writes AES-256 and HMAC with SHA-256.
/// </summary>
internal static class Pkcs8Encryption
{
    private const byte HmacSha1 = 7;
    private const byte HmacSha256 = 9;
    private const byte HmacSha384 = 10;
    private const byte HmacSha512 = 11;
    private const byte Aes128 = 2;
    private const byte Aes192 = 22;
    private const byte Aes256 = 42;

    /// <summary>Number of rounds when writing: OWASP's figure for HMAC with SHA-256.</summary>
    public const int Iterations = 600_000;

    /// <summary>
    /// Most rounds when reading: more than any figure that OWASP's Password Storage Cheat Sheet asks for (1 400 000 for HMAC with
    /// SHA-1), and a few seconds at most. The number is the file's, and each round costs time before the passphrase is known to
    /// be right.
    /// </summary>
    public const int MaxIterations = 2_000_000;

    public static byte[] Encrypt(byte[] plain, SecureString passphrase, int iterations)
    {
        byte[] salt = new byte[16];
        byte[] iv = new byte[16];
        using (RandomNumberGenerator random = RandomNumberGenerator.Create())
        {
            random.GetBytes(salt);
            random.GetBytes(iv);
        }

        byte[] derivation = DerWriter.Sequence(
            DerWriter.Identifier(KeyIdentifiers.Pbkdf2),
            DerWriter.Sequence(
                DerWriter.Octets(salt),
                DerWriter.Number((byte)(iterations >> 16), (byte)(iterations >> 8), (byte)iterations),
                DerWriter.Sequence(DerWriter.Identifier([.. KeyIdentifiers.DigestAlgorithm, HmacSha256]), DerWriter.Null())));
        byte[] scheme = DerWriter.Sequence(DerWriter.Identifier([.. KeyIdentifiers.Aes, Aes256]), DerWriter.Octets(iv));
        byte[] cipherText = Transform(plain, passphrase, HmacSha256, salt, iterations, 32, iv, isEncrypting: true, CancellationToken.None);
        return DerWriter.Sequence(
            DerWriter.Sequence(DerWriter.Identifier(KeyIdentifiers.Pbes2), DerWriter.Sequence(derivation, scheme)),
            DerWriter.Octets(cipherText));
    }

    /// <summary>
    /// Decrypts. A wrong passphrase shows as an exception, or, once in a few hundred, as bytes that are not a key.
    /// </summary>
    /// <exception cref="DerException">It uses another encryption, or is damaged.</exception>
    /// <exception cref="TooManyRoundsException">It asks for more rounds than <see cref="MaxIterations"/>.</exception>
    /// <exception cref="CryptographicException">The padding, and thus the passphrase, is wrong.</exception>
    /// <exception cref="OperationCanceledException"/>
    public static byte[] Decrypt(byte[] encrypted, SecureString passphrase, CancellationToken cancellationToken)
    {
        var file = new DerReader(encrypted);
        DerReader info = file.Enter();
        file.RequireEnd();
        DerReader algorithm = info.Enter();
        byte[] cipherText = info.Content(DerReader.OctetString);
        info.RequireEnd();
        Require(algorithm, KeyIdentifiers.Pbes2, "it is not encrypted by PBES2");
        DerReader parameters = algorithm.Enter();
        DerReader derivation = parameters.Enter();
        DerReader scheme = parameters.Enter();
        parameters.RequireEnd();

        Require(derivation, KeyIdentifiers.Pbkdf2, "its key is not derived by PBKDF2");
        DerReader values = derivation.Enter();
        byte[] salt = values.Content(DerReader.OctetString);
        int iterations = values.SmallNumber();
        int? statedLength = values.IsNext(DerReader.Integer) ? values.SmallNumber() : null;
        byte prf = values.IsAtEnd ? HmacSha1 : Last(values.Enter(), KeyIdentifiers.DigestAlgorithm);

        byte aes = Last(scheme, KeyIdentifiers.Aes);
        byte[] iv = scheme.Content(DerReader.OctetString);
        int length = aes switch { Aes128 => 16, Aes192 => 24, Aes256 => 32, _ => throw new DerException("its cipher is not AES-CBC") };
        if (iterations > MaxIterations)
        {
            throw new TooManyRoundsException(iterations);
        }

        if (iterations < 1 || iv.Length != 16 || (statedLength ?? length) != length || cipherText.Length % 16 != 0)
        {
            throw new DerException("its encryption parameters are invalid");
        }

        return Transform(cipherText, passphrase, prf, salt, iterations, length, iv, isEncrypting: false, cancellationToken);
    }

    private static byte[] Transform(
        byte[] data, SecureString passphrase, byte prf, byte[] salt, int iterations, int length, byte[] iv, bool isEncrypting,
        CancellationToken cancellationToken)
    {
        HashAlgorithmName hash = prf switch
        {
            HmacSha1 => HashAlgorithmName.SHA1,
            HmacSha256 => HashAlgorithmName.SHA256,
            HmacSha384 => HashAlgorithmName.SHA384,
            HmacSha512 => HashAlgorithmName.SHA512,
            _ => throw new DerException("its key is derived by another HMAC than those of SHA-1 and SHA-2"),
        };
        byte[] secret = Passphrase.ToBytes(passphrase);
        byte[] key = [];
        try
        {
            key = Pbkdf2.Derive(hash, secret, salt, iterations, length, cancellationToken);
        }
        finally
        {
            Array.Clear(secret, 0, secret.Length);
        }

        try
        {
            using Aes aes = Aes.Create();
            aes.Mode = CipherMode.CBC;
            aes.Padding = PaddingMode.PKCS7;
            using ICryptoTransform transform = isEncrypting ? aes.CreateEncryptor(key, iv) : aes.CreateDecryptor(key, iv);
            return transform.TransformFinalBlock(data, 0, data.Length);
        }
        finally
        {
            Array.Clear(key, 0, key.Length);
        }
    }

    private static void Require(DerReader reader, byte[] identifier, string failure)
    {
        if (!reader.Content(DerReader.ObjectIdentifier).SequenceEqual(identifier))
        {
            throw new DerException(failure);
        }
    }

    private static byte Last(DerReader reader, byte[] family)
    {
        byte[] identifier = reader.Content(DerReader.ObjectIdentifier);
        return identifier.Length == family.Length + 1 && identifier.Take(family.Length).SequenceEqual(family)
            ? identifier[family.Length]
            : (byte)0;
    }
}
