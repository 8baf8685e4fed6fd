using System;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.Plan;

/// <summary>Converts a signing key into the eFuse contents of its purpose (efuse-rules.md, sections 6 and 7).</summary>
internal static class SigningKeyPlanner
{
    /// <summary>The request with the key in the form of the eFuses. The caller disposes it.</summary>
    /// <exception cref="EfuseException">
    /// <see cref="ErrorCode.KeyPurposeInvalid"/>; <see cref="ErrorCode.KeyTypeUnsupported"/>: the purpose does not take this
    /// type of key;
    /// <see cref="ErrorCode.KeyNotPrivate"/>.
    /// </exception>
    public static EfuseKeyRequest Derive(EfuseBurnQueue queue, EfuseSigningKeyRequest request)
    {
        string? part = KeyPurposeLookup.FindSplit(queue.Chip, request.Purpose)?.First ?? request.Purpose;
        KeyPurpose? purpose = new KeyPurposeChecks(queue).Find(part);
        return new EfuseKeyRequest
        {
            Key = Derive(queue, request.Key, purpose, request.Purpose),
            Purpose = request.Purpose,
            Block = request.Block,
            ReadProtect = request.ReadProtect,
            WriteProtect = request.WriteProtect,
            SkipExisting = request.SkipExisting,
        };
    }

    private static EfuseKey Derive(EfuseBurnQueue queue, EfuseSigningKey key, KeyPurpose? purpose, string? name)
    {
        if (purpose is { IsDigest: true })
        {
            return new EfuseKey(key.PublicKey.GetEfuseDigest());
        }

        if (purpose is { IsSecureBootV1: true })
        {
            return SecureBootV1Key(queue, RequirePrivate(key, name!, 256), purpose);
        }

        if (purpose is not { Curves.Count: > 0 })
        {
            throw new EfuseException(
                ErrorCode.KeyTypeUnsupported,
                $"'{key.Name}' holds a signing key, and a key for {name ?? "a block without a purpose"} is plain bytes.",
                "Signing keys go into eFuses as digests for secure boot, or as private keys of ECDSA.")
            { Target = key.Name };
        }

        byte[] scalar = RequirePrivate(key, name!, [.. purpose.Curves]).GetScalar();
        try
        {
            return EfuseKey.FromEcdsaScalar(scalar);
        }
        finally
        {
            Array.Clear(scalar, 0, scalar.Length);
        }
    }

    private static EfuseKey SecureBootV1Key(EfuseBurnQueue queue, EcSigningKey key, KeyPurpose purpose)
    {
        byte[] bytes = key.GetSecureBootV1Key(queue.Snapshot.GetBlockLength(queue.GetBlock(purpose.Block!).Index) / 8);
        try
        {
            return new EfuseKey(bytes);
        }
        finally
        {
            Array.Clear(bytes, 0, bytes.Length);
        }
    }

    private static EcSigningKey RequirePrivate(EfuseSigningKey key, string purpose, params int[] curves)
    {
        if (!curves.Any(bits => TypeOf(bits) == key.Type))
        {
            throw new EfuseException(
                ErrorCode.KeyTypeUnsupported,
                $"The key in '{key.Name}' has the type {key.Type}, and {purpose} takes one on {string.Join(" or ", curves.Select(bits => $"P-{bits}"))}.",
                "Give a private key of ECDSA on that curve.")
            { Target = key.Name };
        }

        return key.PrivateKey as EcSigningKey ?? throw new EfuseException(
            ErrorCode.KeyNotPrivate,
            $"'{key.Name}' holds a public key, and {purpose} takes a private one.",
            "Give the private key that belongs to it.")
        { Target = key.Name };
    }

    private static SigningKeyType TypeOf(int bits) => bits switch
    {
        192 => SigningKeyType.EcdsaP192,
        256 => SigningKeyType.EcdsaP256,
        _ => SigningKeyType.EcdsaP384,
    };
}
