using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Compat;
using Esp32Tools.Crypto.Keys;

namespace Esp32Tools.Crypto.SecureBoot;

/// <summary>Result of checking whether an image was signed with a key.</summary>
public sealed record SignatureCheck
{
    /// <summary>The image.</summary>
    public required string Path { get; init; }

    /// <summary>The file of the key.</summary>
    public required string Key { get; init; }

    /// <summary>Version of secure boot.</summary>
    public required string Version { get; init; }

    /// <summary>Digest of the key, hexadecimal, as eFuses of secure boot v2 hold it.</summary>
    public required string KeyDigest { get; init; }

    /// <summary>True when there is a signature of the key and the image is unchanged since.</summary>
    public bool IsValid => Reason.Length == 0;

    /// <summary>The reason when it was not; empty when it was.</summary>
    public required string Reason { get; init; }

    /// <summary>Checks an image.</summary>
    /// <param name="file">The signed image.</param>
    /// <param name="path">Its name.</param>
    /// <param name="key">The key.</param>
    /// <param name="keyPath">The name of the key's file.</param>
    /// <param name="version">Version of secure boot.</param>
    /// <param name="allowUnpadded">Version 2: also accepts an image whose length is not a multiple of 4096 bytes.</param>
    /// <exception cref="Errors.InputException"><see cref="Errors.ErrorCode.KeyTypeUnsupported"/>: version 1, and the key is not on P-256.</exception>
    public static SignatureCheck Run(
        byte[] file, string path, SigningPublicKey key, string keyPath, SecureBootVersion version, bool allowUnpadded = false) => new()
        {
            Path = path,
            Key = keyPath,
            Version = version.ToString(),
            KeyDigest = Hex.Encode(key.GetEfuseDigest()),
            Reason = version == SecureBootVersion.V1 ? ReasonV1(file, key) : ReasonV2(file, path, key, allowUnpadded),
        };

    private static string ReasonV1(byte[] file, SigningPublicKey key) =>
        SecureBootV1.Verify(file, key) ? string.Empty : "not signed with this key, or changed since";

    private static string ReasonV2(byte[] file, string path, SigningPublicKey key, bool allowUnpadded)
    {
        if (SecureBootV2.Verify(file, path, key, allowUnpadded))
        {
            return string.Empty;
        }

        IReadOnlyList<ImageSignature> found = SecureBootV2.Read(file, path);
        ImageSignature? own = found.FirstOrDefault(signature => signature.PublicKey?.IsSameAs(key) ?? false);
        return found.Count == 0 ? "no signature"
            : own is null ? found.Any(signature => !signature.IsIntact) ? "damaged signature" : "signed with other keys"
            : own.IsGood ? "length is no multiple of 4096"
            : own.MatchesImage ? "signature does not verify"
            : "image changed since it was signed";
    }
}
