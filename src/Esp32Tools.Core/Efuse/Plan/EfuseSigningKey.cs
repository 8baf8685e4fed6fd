using System;
using System.Security;
using System.Threading;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.Plan;

/// <summary>
/// A signing key on its way into a chip: private, or the public half alone. Shows itself as <c>***</c> and is cleared when
/// disposed.
/// </summary>
public sealed class EfuseSigningKey : IDisposable
{
    private EfuseSigningKey(string name, SigningPublicKey publicKey, SigningKey? privateKey)
    {
        Name = name;
        PublicKey = publicKey;
        PrivateKey = privateKey;
    }

    /// <summary>Name of the key in messages: the file's path.</summary>
    public string Name { get; }

    /// <summary>Type of the key.</summary>
    public SigningKeyType Type => PublicKey.Type;

    internal SigningPublicKey PublicKey { get; }

    internal SigningKey? PrivateKey { get; }

    /// <summary>True when a file is PEM, by its contents: a raw key does not look like PEM by chance.</summary>
    /// <param name="file">Contents of the file.</param>
    public static bool IsPem(byte[] file) => KeyPem.IsPem(file);

    /// <summary>Reads a private or a public key.</summary>
    /// <param name="file">What is in the file; the caller clears it.</param>
    /// <param name="name">Name of the key in messages: the file's path.</param>
    /// <param name="passphrase">Passphrase of an encrypted private key; ignored when the key is not encrypted.</param>
    /// <param name="cancellationToken">Ends the wait for an encrypted key.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.KeyFileInvalid"/>; <see cref="ErrorCode.KeyTypeUnsupported"/>: not RSA-3072, P-192, P-256 or P-384;
    /// <see cref="ErrorCode.KeyPassphrase"/>: encrypted, and no passphrase or a wrong one.
    /// </exception>
    public static EfuseSigningKey FromPem(byte[] file, string name, SecureString? passphrase = null, CancellationToken cancellationToken = default)
    {
        if (KeyPem.IsPublic(file))
        {
            return new EfuseSigningKey(name, KeyPem.ReadPublic(file, name), privateKey: null);
        }

        SigningKey key = KeyPem.ReadPrivate(file, name, passphrase, cancellationToken);
        return new EfuseSigningKey(name, key.PublicKey, key);
    }

    /// <summary>Overwrites the private half.</summary>
    public void Dispose() => PrivateKey?.Dispose();

    /// <summary>Returns <c>***</c>, never the key.</summary>
    public override string ToString() => "***";
}
