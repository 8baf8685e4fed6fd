using System.Linq;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Errors;

namespace Esp32Tools.Crypto.SecureBoot;

/// <summary>
/// Signed applications of secure boot v1 (ESP32): the image, a word of zero, and r and s of an ECDSA P-256 signature over its
/// SHA-256, 32 bytes each, big-endian. The file does not name the key.
/// </summary>
public static class SecureBootV1
{
    private const int SignatureSize = 64;
    private const int TailSize = 4 + SignatureSize;

    /// <summary>Signs an image. The same image and key give the same signature.</summary>
    /// <param name="image">The image; not changed.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="key">The key, on P-256.</param>
    /// <param name="options">The options. There is only one signature, so no existing one can be kept.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.ImageEmpty"/>; <see cref="ErrorCode.KeyTypeUnsupported"/>: not P-256;
    /// <see cref="ErrorCode.SignatureLimit"/>: already signed by this key.
    /// </exception>
    public static byte[] Sign(byte[] image, string name, SigningKey key, SigningOptions? options = null)
    {
        byte[] data = Prepare(image, name, key.PublicKey, options);
        return [.. data, 0, 0, 0, 0, .. key.Sign(key.PublicKey.Digest(data, data.Length))];
    }

    /// <summary>Inserts an external signature after checking it.</summary>
    /// <param name="image">The image; not changed.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="key">The public half of the key that signed, on P-256.</param>
    /// <param name="signature">The signature as in a file: r and s, or DER.</param>
    /// <param name="signatureName">Its name, for messages.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="InputException">As <see cref="Sign"/>, and <see cref="ErrorCode.SignatureInvalid"/>.</exception>
    public static byte[] Attach(
        byte[] image, string name, SigningPublicKey key, byte[] signature, string signatureName, SigningOptions? options = null)
    {
        byte[] data = Prepare(image, name, key, options);
        byte[] read = SignatureFile.Read(signature, signatureName, key);
        return key.Verify(key.Digest(data, data.Length), read) ? [.. data, 0, 0, 0, 0, .. read] : throw new InputException(
            ErrorCode.SignatureInvalid,
            $"The signature '{signatureName}' was not made for '{name}' with the private half of this key.",
            "Have the SHA-256 of the image signed with ECDSA on P-256.")
        { Target = signatureName };
    }

    /// <summary>True when an image was signed with the private half of a key.</summary>
    /// <param name="file">The signed image.</param>
    /// <param name="key">The key, on P-256.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.KeyTypeUnsupported"/></exception>
    public static bool Verify(byte[] file, SigningPublicKey key)
    {
        RequireP256(key);
        int length = file.Length - TailSize;
        return length > 0
            && file.Skip(length).Take(4).All(value => value == 0)
            && key.Verify(key.Digest(file, length), [.. file.Skip(length + 4)]);
    }

    private static byte[] Prepare(byte[] image, string name, SigningPublicKey key, SigningOptions? options)
    {
        RequireP256(key);
        if (image.Length == 0)
        {
            throw new InputException(ErrorCode.ImageEmpty, $"'{name}' is empty.", "Build it again, or check the path.") { Target = name };
        }

        ExistingSignatures existing = options?.Existing ?? ExistingSignatures.Keep;
        if (existing == ExistingSignatures.Cover || !Verify(image, key))
        {
            return image;
        }

        return existing == ExistingSignatures.Replace ? [.. image.Take(image.Length - TailSize)] : throw new InputException(
            ErrorCode.SignatureLimit, $"'{name}' has the signature of this key already.", "There is nothing to do; or replace the signature.")
        { Target = name };
    }

    private static void RequireP256(SigningPublicKey key)
    {
        if (key.Type != SigningKeyType.EcdsaP256)
        {
            throw new InputException(
                ErrorCode.KeyTypeUnsupported, $"Secure boot v1 takes no key of the kind {key.Type}.", "Give an ECDSA key on the curve P-256.");
        }
    }
}
