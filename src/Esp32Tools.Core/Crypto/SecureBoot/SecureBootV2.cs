using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using Esp32Tools.Chips;
using Esp32Tools.Compat;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Errors;

namespace Esp32Tools.Crypto.SecureBoot;

/// <summary>
/// Signed images of secure boot v2: the image, padded with FF to a multiple of 4096, and a sector of 4096 with up to three
/// signature blocks at its start, then FF. Each block signs the padded image.
/// </summary>
public static class SecureBootV2
{
    /// <summary>Maximum number of signatures of an image.</summary>
    public const int MaxSignatures = 3;

    private const int SectorSize = (int)FlashLayout.SectorSize;

    /// <summary>Signs an image.</summary>
    /// <param name="image">The image, already signed or not; not changed.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="keys">The keys, in the order of their signatures.</param>
    /// <param name="options">The options.</param>
    /// <returns>The signed image.</returns>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.ImageEmpty"/>; <see cref="ErrorCode.SignatureLimit"/>: more than three;
    /// <see cref="ErrorCode.SignatureInvalid"/>: an existing signature that is to be kept is not valid for this image;
    /// <see cref="ErrorCode.KeyFileInvalid"/>: the parts of a private key do not match.
    /// </exception>
    public static byte[] Sign(byte[] image, string name, IReadOnlyList<SigningKey> keys, SigningOptions? options = null) =>
        Append(image, name, [.. keys.Select(key => (key.PublicKey, (Func<byte[], byte[]>)(digest => Sign(key, digest))))], options ?? new SigningOptions());

    /// <summary>Inserts an external signature after checking it.</summary>
    /// <param name="image">The image, already signed or not; not changed.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="key">The public half of the key that signed.</param>
    /// <param name="signature">The signature as in a file: RSA 384 bytes, ECDSA as DER or as r and s.</param>
    /// <param name="signatureName">Its name, for messages.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="InputException">As <see cref="Sign(byte[], string, IReadOnlyList{SigningKey}, SigningOptions)"/>.</exception>
    public static byte[] Attach(
        byte[] image, string name, SigningPublicKey key, byte[] signature, string signatureName, SigningOptions? options = null)
    {
        byte[] read = SignatureFile.Read(signature, signatureName, key);
        return Append(image, name, [(key, digest => key.Verify(digest, read) ? read : throw NotOfImage(name, signatureName))], options ?? new SigningOptions());
    }

    /// <summary>The signatures of an image, valid or not; none when it has no signature sector.</summary>
    /// <param name="file">The signed image.</param>
    /// <param name="name">Its name, for messages.</param>
    public static IReadOnlyList<ImageSignature> Read(byte[] file, string name)
    {
        int length = SectorOffset(file);
        return length < 0 ? [] : [.. Enumerable.Range(0, MaxSignatures)
            .Where(index => !SignatureBlock.IsFree(file, length + (index * SignatureBlock.Size)))
            .Select(index => Inspect(file, length, index, name))];
    }

    /// <summary>
    /// True when one of the signatures is valid and made with a key. The public half of a private key is accepted.
    /// </summary>
    /// <param name="file">The signed image.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="key">The key.</param>
    /// <param name="allowUnpadded">
    /// Also accepts an image whose length is not a multiple of 4096 bytes; no chip starts such an image.
    /// </param>
    public static bool Verify(byte[] file, string name, SigningPublicKey key, bool allowUnpadded = false) =>
        Read(file, name).Any(signature => (allowUnpadded ? signature.IsGood : signature.IsValid) && signature.PublicKey!.IsSameAs(key));

    private static byte[] Append(
        byte[] image, string name, IReadOnlyList<(SigningPublicKey Key, Func<byte[], byte[]> Sign)> signers, SigningOptions options)
    {
        int sector = options.Existing == ExistingSignatures.Cover ? -1 : SectorOffset(image);
        int kept = sector >= 0 && options.Existing == ExistingSignatures.Keep ? CountGood(image, name) : 0;
        int length = sector >= 0 ? sector : image.Length;
        if (length == 0)
        {
            throw new InputException(ErrorCode.ImageEmpty, $"'{name}' is empty.", "Build it again, or check the path.") { Target = name };
        }

        if (kept + signers.Count > MaxSignatures)
        {
            throw new InputException(
                ErrorCode.SignatureLimit,
                $"'{name}' has {kept} signatures, and {signers.Count} more would be over {MaxSignatures}.",
                "Sign with fewer keys, or replace the signatures that are there.")
            { Target = name };
        }

        int end = options.Pad ? (int)FlashLayout.Ceiling(length) : length;
        byte[] file = [.. Enumerable.Repeat((byte)0xFF, end + SectorSize)];
        Array.Copy(image, file, length);
        if (kept > 0)
        {
            Array.Copy(image, sector, file, end, kept * SignatureBlock.Size);
        }

        for (int i = 0; i < signers.Count; i++)
        {
            byte[] digest = signers[i].Key.Digest(file, end);
            SignatureBlock.Encode(signers[i].Key, digest, signers[i].Sign(digest)).CopyTo(file, end + ((kept + i) * SignatureBlock.Size));
        }

        return file;
    }

    // A signature that its own key does not verify means a fault in the key's file, or in the machine.
    private static byte[] Sign(SigningKey key, byte[] digest)
    {
        byte[]? signature;
        try
        {
            signature = key.Sign(digest);
        }
        catch (CryptographicException)
        {
            signature = null;
        }

        return signature is not null && key.PublicKey.Verify(digest, signature) ? signature : throw new InputException(
            ErrorCode.KeyFileInvalid, "The parts of a private key do not go together: what it signs does not verify.", "Export the key again.");
    }

    // Start of the signature sector: the last 4096 bytes, if they hold anything like a block; else -1.
    private static int SectorOffset(byte[] file)
    {
        int offset = file.Length - SectorSize;
        bool isSector = offset > 0 && Enumerable.Range(0, MaxSignatures).Any(index => SignatureBlock.LooksLike(file, offset + (index * SignatureBlock.Size)));
        return isSector ? offset : -1;
    }

    private static ImageSignature Inspect(byte[] file, int length, int index, string name)
    {
        SignatureBlock? block = SignatureBlock.Decode(file, length + (index * SignatureBlock.Size));
        bool matches = block is not null && block.Key.Digest(file, length).SequenceEqual(block.Digest);
        return new ImageSignature
        {
            Path = name,
            Version = nameof(SecureBootVersion.V2),
            Index = index,
            PublicKey = block?.Key,
            ImageDigest = block is null ? null : Hex.Encode(block.Digest),
            MatchesImage = matches,
            IsGood = matches && block!.IsSignatureGood,
            IsPadded = length % SectorSize == 0,
        };
    }

    private static int CountGood(byte[] image, string name)
    {
        IReadOnlyList<ImageSignature> found = Read(image, name);
        ImageSignature? bad = found.Where((signature, place) => !signature.IsGood || signature.Index != place).FirstOrDefault();
        return bad is null ? found.Count : throw new InputException(
            ErrorCode.SignatureInvalid,
            $"Signature {bad.Index} of '{name}' is damaged, or not for this image.",
            "Use the image as it was built, or replace the signatures that are there.")
        { Target = name };
    }

    private static InputException NotOfImage(string name, string signatureName) => new(
        ErrorCode.SignatureInvalid,
        $"The signature '{signatureName}' was not made for '{name}' with the private half of this key.",
        "Have the image signed in this form, padded with FF to a multiple of 4096 bytes, with PSS and a salt of 32 bytes if it is RSA.")
    { Target = signatureName };
}
