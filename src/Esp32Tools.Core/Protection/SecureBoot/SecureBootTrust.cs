using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Crypto.SecureBoot;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images;

namespace Esp32Tools.Protection.SecureBoot;

/// <summary>
/// Determines the signatures that a chip accepts once secure boot v2 is on: those of the digests, among the signature blocks
/// that its ROM reads.
/// </summary>
internal sealed class SecureBootTrust(ChipDefinition chip, IReadOnlyList<SecureBootDigest> digests)
{

    /// <summary>Types of the keys, as far as known from the digests or from valid signatures.</summary>
    public HashSet<SigningKeyType> KeyTypes { get; } = [.. digests.Select(digest => digest.KeyType).OfType<SigningKeyType>()];

    /// <summary>
    /// Size of an image with its signature sector, in bytes: the image padded to a multiple of 4096, plus one sector.
    /// </summary>
    public static int SignedLength(FirmwareImage image) => (int)(FlashLayout.Ceiling(image.Length) + FlashLayout.SectorSize);

    /// <summary>Checks an image.</summary>
    /// <param name="bytes">The image from its first byte; data after its signature sector is ignored.</param>
    /// <param name="name">Its name.</param>
    /// <param name="reason">The reason why it is not trusted, as the end of a sentence; empty when it is trusted.</param>
    /// <returns>A description of the trusted signature; null when it is not trusted.</returns>
    public string? Check(byte[] bytes, string name, out string reason)
    {
        reason = string.Empty;
        if (!FirmwareImage.LooksLikeImage(bytes))
        {
            reason = "is no image";
            return null;
        }

        FirmwareImage image = FirmwareImage.Inspect(bytes, name);
        int length = SignedLength(image);
        if (image.Damage is { } damage)
        {
            reason = damage;
            return null;
        }

        IReadOnlyList<ImageSignature> signatures = bytes.Length < length ? [] : SecureBootV2.Read([.. bytes.Take(length)], name);
        ImageSignature[] good = [.. signatures.Where(signature => signature.IsValid)];
        foreach (ImageSignature signature in good.Where(signature => signature.Index < chip.Security.SecureBoot!.Signatures))
        {
            if (digests.FirstOrDefault(digest => digest.Matches(signature.PublicKey!.GetEfuseDigest())) is { } digest)
            {
                KeyTypes.Add(signature.PublicKey!.Type);
                return $"signed with {digest}";
            }
        }

        bool isBehind = good.Any(signature => digests.Any(digest => digest.Matches(signature.PublicKey!.GetEfuseDigest())));
        reason = isBehind ? $"has its good signature in a place that the ROM of the {chip.Name} does not look at"
            : good.Length > 0 ? $"is signed with other keys ({string.Join(", ", good.Select(signature => signature.KeyDigest!.Substring(0, 8) + "..."))})"
            : signatures.Count > 0 ? "has a signature that is not valid for it"
            : "is not signed";
        return null;
    }

    /// <summary>Refuses key types that the ROM does not support, or that cannot be combined.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.KeyTypeUnsupported"/></exception>
    public void RequireKnownKinds()
    {
        SecureBootFacts facts = chip.Security.SecureBoot!;
        foreach (SigningKeyType type in KeyTypes.Where(type => !IsKnown(facts, type)))
        {
            string[] known = [.. Enum.GetValues(typeof(SigningKeyType)).Cast<SigningKeyType>().Where(other => IsKnown(facts, other)).Select(other => other.ToString())];
            throw new InputException(
                ErrorCode.KeyTypeUnsupported,
                $"The ROM of the {chip.Name} does not verify signatures of {type}.",
                $"It verifies those of {string.Join(", ", known)}.")
            { Target = chip.Name };
        }

        if (KeyTypes.Contains(SigningKeyType.EcdsaP384) && KeyTypes.Count > 1)
        {
            throw new InputException(
                ErrorCode.KeyTypeUnsupported,
                $"Keys on P-384 need images to be digested with SHA-384, and the others with SHA-256: the {chip.Name} does one of the two.",
                "Take keys on P-384 alone, or none.")
            { Target = chip.Name };
        }
    }

    private static bool IsKnown(SecureBootFacts facts, SigningKeyType type) => type switch
    {
        SigningKeyType.Rsa3072 => facts.Rsa,
        SigningKeyType.EcdsaP192 => facts.Curves.Contains(192),
        SigningKeyType.EcdsaP256 => facts.Curves.Contains(256),
        _ => facts.Curves.Contains(384),
    };
}
