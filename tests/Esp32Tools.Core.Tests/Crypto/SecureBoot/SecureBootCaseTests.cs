using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Crypto.SecureBoot;
using Esp32Tools.Errors;
using Xunit;

namespace Esp32Tools.Core.Tests.Crypto.SecureBoot;

/// <summary>Every case of the reference tool: signing, verifying and digests.</summary>
public sealed class SecureBootCaseTests
{
    private const int SectorSize = 4096;
    private const int MostSignatures = 3;
    private static readonly int[] s_v1KeyLengths = [24, 32];

    [Fact]
    public void Signed_image_is_the_reference_s_but_for_its_random_numbers() => Assert.All(SecureBootVectors.Cases("sign"), CheckSigned);

    [Fact]
    public void What_the_reference_refuses_to_sign_is_refused() => Assert.All(SecureBootVectors.Cases("refused").Where(CanBeSaid), CheckRefused);

    [Fact]
    public void Signature_is_as_good_as_the_reference_says() => Assert.All(SecureBootVectors.Cases("verify"), CheckVerified);

    // The tool looks at whole sectors alone.
    [Fact]
    public void Signature_blocks_are_those_that_the_reference_sees() =>
        Assert.All(SecureBootVectors.Cases("info").Where(item => item.GetProperty("blocks").ValueKind == JsonValueKind.Array), CheckDescribed);

    [Fact]
    public void Bootloader_digest_is_the_reference_s() => Assert.All(SecureBootVectors.Cases("digest_bootloader"), CheckBootloaderDigest);

    [Fact]
    public void Secure_boot_v1_keys_are_the_reference_s()
    {
        foreach (JsonElement item in SecureBootVectors.Cases("private_key_digest").Where(item => item.Text("digest") is not null))
        {
            using EcSigningKey key = (EcSigningKey)Private(item.Text("key")!);
            int length = item.GetProperty("keylen").GetInt32() == 192 ? 24 : 32;
            Assert.Equal(item.Text("digest"), Convert.ToHexStringLower(key.GetSecureBootV1Key(length)));
        }

        using EcSigningKey other = (EcSigningKey)SigningKey.Create(SigningKeyType.EcdsaP384);
        Assert.Equal(ErrorCode.KeyTypeUnsupported, Assert.ThrowsAny<Esp32Exception>(() => other.GetSecureBootV1Key()).Code);
    }

    [Fact]
    public void Extracted_public_keys_are_the_reference_s()
    {
        foreach (JsonElement item in SecureBootVectors.Cases("extract").Where(item => item.Text("output") is not null))
        {
            using SigningKey key = Private(item.Text("key")!);
            byte[] extracted = item.GetProperty("version").GetInt32() == 1 ? ((EcPublicKey)key.PublicKey).GetPoint() : KeyPem.WritePublic(key.PublicKey);
            Assert.Equal(SecureBootVectors.Read(item.Text("output")!), extracted);
        }
    }

    private static void CheckSigned(JsonElement item)
    {
        byte[] expected = SecureBootVectors.Read(item.Text("output")!);
        byte[] signed = Sign(item);
        if (item.GetProperty("deterministic").GetBoolean())
        {
            Assert.Equal(expected, signed);
            return;
        }

        Assert.Equal(expected.Length, signed.Length);
        Assert.Equal(expected[..^SectorSize], signed[..^SectorSize]);
        IReadOnlyList<ImageSignature> theirs = SecureBootV2.Read(expected, "expected");
        IReadOnlyList<ImageSignature> ours = SecureBootV2.Read(signed, "signed");
        Assert.All(theirs, signature => Assert.Equal((true, expected.Length % 4096 == 0), (signature.IsGood, signature.IsValid)));
        Assert.All(ours, signature => Assert.Equal((true, expected.Length % 4096 == 0), (signature.IsGood, signature.IsValid)));
        Assert.Equal(theirs.Select(signature => (signature.Index, signature.KeyDigest, signature.ImageDigest)), ours.Select(signature => (signature.Index, signature.KeyDigest, signature.ImageDigest)));
    }

    // Version 1 has one key: another one cannot be given.
    private static bool CanBeSaid(JsonElement item) => item.GetProperty("version").GetInt32() != 1 || item.Texts("keys").Length <= 1;

    private static void CheckRefused(JsonElement item)
    {
        bool isV1 = item.GetProperty("version").GetInt32() == 1;
        string[] keys = item.Texts("keys");
        int existing = item.Texts("args").Contains("--append-signatures") ? SecureBootV2.Read(SecureBootVectors.Read(item.Text("input")!), "input").Count : 0;
        bool isOtherKey = keys.Select(SecureBootVectors.Key).Any(key => isV1 ? key.Text("type") != "secp256r1" : !SecureBootVectors.IsSupported(key));
        ErrorCode expected = isOtherKey ? ErrorCode.KeyTypeUnsupported : existing + keys.Length > MostSignatures ? ErrorCode.SignatureLimit : ErrorCode.SignatureInvalid;
        Assert.Equal(expected, Assert.ThrowsAny<Esp32Exception>(() => Sign(item)).Code);
    }

    private static void CheckVerified(JsonElement item)
    {
        byte[] file = SecureBootVectors.Read(item.Text("file")!);
        SigningPublicKey key = Public(item.Text("key")!);
        bool isGood = item.GetProperty("version").GetInt32() == 1
            ? SecureBootV1.Verify(file, key)
            : SecureBootV2.Verify(file, "file", key, item.Texts("args").Contains("--skip-padding"));
        Assert.Equal(item.GetProperty("valid").GetBoolean(), isGood);
    }

    private static void CheckDescribed(JsonElement item)
    {
        IReadOnlyList<ImageSignature> found = SecureBootV2.Read(SecureBootVectors.Read(item.Text("file")!), "file");
        int index = 0;
        foreach (JsonElement block in item.GetProperty("blocks").EnumerateArray())
        {
            ImageSignature? signature = found.SingleOrDefault(signature => signature.Index == index);
            bool isWhole = block.ValueKind == JsonValueKind.Object && block.GetProperty("crc_valid").GetBoolean();
            Assert.Equal(isWhole, signature?.IsIntact ?? false);
            string? line = item.Texts("lines").SingleOrDefault(line => line.StartsWith($"Public key digest for block {index}: ", StringComparison.Ordinal));
            if (line is not null)
            {
                Assert.Equal(line.Split(": ")[1].Replace(" ", string.Empty, StringComparison.Ordinal), signature!.KeyDigest);
            }

            if (isWhole && block.Text("image_digest_sha256") is string digest)
            {
                Assert.Equal(digest, signature!.ImageDigest);
            }

            index++;
        }
    }

    private static void CheckBootloaderDigest(JsonElement item)
    {
        byte[] key = SecureBootVectors.Read(item.Text("key")!);
        byte[] Make() => BootloaderDigest.Make(SecureBootVectors.Read(item.Text("image")!), "bootloader.bin", key, SecureBootVectors.Read(item.Text("iv")!));
        if (!s_v1KeyLengths.Contains(key.Length))
        {
            Assert.Equal(ErrorCode.KeyLength, Assert.ThrowsAny<Esp32Exception>(Make).Code);
        }
        else if (item.Text("output") is string output)
        {
            Assert.Equal(SecureBootVectors.Read(output), Make());
        }
        else
        {
            Assert.Equal(ErrorCode.ImageInvalid, Assert.ThrowsAny<Esp32Exception>(Make).Code);
        }
    }

    private static byte[] Sign(JsonElement item)
    {
        byte[] image = SecureBootVectors.Read(item.Text("input")!);
        string[] arguments = item.Texts("args");
        bool isV1 = item.GetProperty("version").GetInt32() == 1;
        var options = new SigningOptions
        {
            Existing = arguments.Contains("--append-signatures") ? ExistingSignatures.Keep : ExistingSignatures.Cover,
            Pad = !arguments.Contains("--skip-padding"),
        };
        if (item.Text("signature") is string signature)
        {
            SigningPublicKey key = Public(item.Text("public_key")!);
            byte[] bytes = SecureBootVectors.Read(signature);
            return isV1
                ? SecureBootV1.Attach(image, "image", key, bytes, signature, options)
                : SecureBootV2.Attach(image, "image", key, bytes, signature, options);
        }

        SigningKey[] keys = [.. item.Texts("keys").Select(Private)];
        return isV1 ? SecureBootV1.Sign(image, "image", keys[0], options) : SecureBootV2.Sign(image, "image", keys, options);
    }

    private static SigningKey Private(string name) => KeyPem.ReadPrivate(SecureBootVectors.Read($"keys/{name}.pem"), name);

    private static SigningPublicKey Public(string path) => KeyPem.ReadPublic(SecureBootVectors.Read(path), path);
}
