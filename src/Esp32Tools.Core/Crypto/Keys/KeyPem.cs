using System;
using System.Linq;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using Esp32Tools.Errors;

namespace Esp32Tools.Crypto.Keys;

/// <summary>
/// Keys in PEM files: private ones in PKCS#1 (RSA), SEC1 (ECDSA) and PKCS#8, encrypted or not; public ones as
/// SubjectPublicKeyInfo.
/// </summary>
public static class KeyPem
{
    private const string Private = "PRIVATE KEY";
    private const string RsaPrivate = "RSA PRIVATE KEY";
    private const string EcPrivate = "EC PRIVATE KEY";
    private const string EncryptedPrivate = "ENCRYPTED PRIVATE KEY";
    private const string Public = "PUBLIC KEY";

    private static readonly byte[] s_begin = Encoding.ASCII.GetBytes("-----BEGIN ");

    /// <summary>True when a file is PEM, with any contents.</summary>
    /// <param name="file">Contents of the file.</param>
    public static bool IsPem(byte[] file)
    {
        for (int i = 0; i + s_begin.Length <= file.Length; i++)
        {
            int length = 0;
            while (length < s_begin.Length && file[i + length] == s_begin[length])
            {
                length++;
            }

            if (length == s_begin.Length)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when the key in a file is a public one.</summary>
    /// <param name="file">Contents of the file.</param>
    public static bool IsPublic(byte[] file) => FindBlock(file) is { Label: Public };

    /// <summary>Reads the public half of a key, from a private or a public key file.</summary>
    /// <param name="file">Contents of the file.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="passphrase">Passphrase of an encrypted private key; ignored when the key is not encrypted.</param>
    /// <param name="cancellationToken">Ends the wait for an encrypted key.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.KeyFileInvalid"/>; <see cref="ErrorCode.KeyTypeUnsupported"/>: not RSA-3072, P-192, P-256 or P-384;
    /// <see cref="ErrorCode.KeyPassphrase"/>: encrypted, and no passphrase or a wrong one;
    /// <see cref="ErrorCode.KeyRounds"/>: encrypted with more than 2 000 000 rounds.
    /// </exception>
    /// <exception cref="OperationCanceledException"/>
    public static SigningPublicKey ReadPublic(byte[] file, string name, SecureString? passphrase = null, CancellationToken cancellationToken = default)
    {
        PemText block = BlockOf(file, name);
        if (block.Label == Public)
        {
            return Guard(name, () => KeyStructures.ReadSubjectPublicKeyInfo(block.Decode()));
        }

        using SigningKey key = ReadPrivate(file, name, passphrase, cancellationToken);
        return key.PublicKey;
    }

    /// <summary>Reads a private key.</summary>
    /// <param name="file">Contents of the file.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="passphrase">Passphrase of an encrypted key; ignored when the key is not encrypted.</param>
    /// <param name="cancellationToken">Ends the wait for an encrypted key.</param>
    /// <exception cref="InputException">As <see cref="ReadPublic"/>, and <see cref="ErrorCode.KeyNotPrivate"/>.</exception>
    /// <exception cref="OperationCanceledException"/>
    public static SigningKey ReadPrivate(byte[] file, string name, SecureString? passphrase = null, CancellationToken cancellationToken = default)
    {
        PemText block = BlockOf(file, name);
        if (block.Label == Public)
        {
            throw Failure(ErrorCode.KeyNotPrivate, name, $"'{name}' holds a public key.", "Give the private key that belongs to it.");
        }

        if (block.HasHeaders)
        {
            throw Failure(
                ErrorCode.KeyFileInvalid, name, $"'{name}' is encrypted in OpenSSL's old way, which is weak.",
                "Convert it with: openssl pkcs8 -topk8 -v2 aes-256-cbc");
        }

        return Guard(name, () => ReadPrivateBlock(block, name, passphrase, cancellationToken));
    }

    /// <summary>A private key as a file: PKCS#8, encrypted when there is a passphrase. The caller clears it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="passphrase">Passphrase to encrypt it with; null for no encryption.</param>
    public static byte[] WritePrivate(SigningKey key, SecureString? passphrase) => WritePrivate(key, passphrase, Pkcs8Encryption.Iterations);

    /// <summary>The same with another number of rounds in the derivation of the key.</summary>
    internal static byte[] WritePrivate(SigningKey key, SecureString? passphrase, int iterations)
    {
        byte[] plain = key.ToPkcs8();
        try
        {
            return passphrase is null
                ? PemText.Encode(Private, plain)
                : PemText.Encode(EncryptedPrivate, Pkcs8Encryption.Encrypt(plain, passphrase, iterations));
        }
        finally
        {
            Array.Clear(plain, 0, plain.Length);
        }
    }

    /// <summary>A private key as a file in the traditional form, PKCS#1 or SEC1, not encrypted. The caller clears it.</summary>
    /// <param name="key">The key.</param>
    public static byte[] WriteTraditional(SigningKey key)
    {
        byte[] plain = key.ToTraditional();
        byte[] file = PemText.Encode(key.Type == SigningKeyType.Rsa3072 ? RsaPrivate : EcPrivate, plain);
        Array.Clear(plain, 0, plain.Length);
        return file;
    }

    /// <summary>A public key as a file: SubjectPublicKeyInfo.</summary>
    /// <param name="key">The key.</param>
    public static byte[] WritePublic(SigningPublicKey key) => PemText.Encode(Public, key.ToSubjectPublicKeyInfo());

    // The parameters that some tools write before an EC key are not needed: the key itself names its curve.
    private static PemText? FindBlock(byte[] file) =>
        PemText.Blocks(file).FirstOrDefault(block => block.Label is Private or RsaPrivate or EcPrivate or EncryptedPrivate or Public);

    private static PemText BlockOf(byte[] file, string name) =>
        FindBlock(file)
        ?? throw Failure(ErrorCode.KeyFileInvalid, name, $"There is no key in PEM form in '{name}'.", "Give a PEM file with a private or a public key.");

    private static SigningKey ReadPrivateBlock(PemText block, string name, SecureString? passphrase, CancellationToken cancellationToken)
    {
        byte[] content = block.Decode();
        try
        {
            return block.Label switch
            {
                RsaPrivate => KeyStructures.ReadRsaPrivate(content),
                EcPrivate => KeyStructures.ReadEcPrivate(content, curve: null),
                Private => KeyStructures.ReadPkcs8(content),
                _ => ReadEncrypted(content, name, passphrase, cancellationToken),
            };
        }
        finally
        {
            Array.Clear(content, 0, content.Length);
        }
    }

    private static SigningKey ReadEncrypted(byte[] content, string name, SecureString? passphrase, CancellationToken cancellationToken)
    {
        if (passphrase is null)
        {
            throw Failure(ErrorCode.KeyPassphrase, name, $"The key in '{name}' is encrypted.", "Give its passphrase.");
        }

        byte[] plain = [];
        try
        {
            plain = Pkcs8Encryption.Decrypt(content, passphrase, cancellationToken);
            return KeyStructures.ReadPkcs8(plain);
        }
        catch (TooManyRoundsException error)
        {
            throw Failure(
                ErrorCode.KeyRounds, name,
                FormattableString.Invariant($"The key in '{name}' is encrypted with {error.Rounds} rounds of key derivation, and no more than {Pkcs8Encryption.MaxIterations} are run."),
                FormattableString.Invariant($"Encrypt it anew: openssl pkcs8 -topk8 -v2 aes-256-cbc -iter {Pkcs8Encryption.Iterations}"));
        }
        catch (Exception error) when (error is CryptographicException || (error is DerException && plain.Length > 0))
        {
            throw Failure(ErrorCode.KeyPassphrase, name, $"The key in '{name}' does not open with this passphrase.", "Check the passphrase.");
        }
        finally
        {
            Array.Clear(plain, 0, plain.Length);
        }
    }

    private static T Guard<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DerException error)
        {
            throw Failure(ErrorCode.KeyFileInvalid, name, $"The key in '{name}' cannot be read: {error.Message}.", "Export the key again.");
        }
        catch (UnsupportedKeyException error)
        {
            throw Failure(
                ErrorCode.KeyTypeUnsupported, name, $"The key in '{name}' is {error.Message}.",
                "Secure boot takes RSA-3072 and ECDSA keys on the curves P-192, P-256 and P-384.");
        }
    }

    private static InputException Failure(ErrorCode code, string name, string message, string advice) => new(code, message, advice) { Target = name };
}
