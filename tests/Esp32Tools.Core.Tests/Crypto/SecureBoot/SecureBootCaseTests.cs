using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Crypto.SecureBoot;
using Esp32Tools.Errors;
using Xunit;

namespace Esp32Tools.Core.Tests.Crypto.SecureBoot;

/// <summary>Every shared case of signing, verifying and digests.</summary>
public sealed class SecureBootCaseTests
{
    private const int SectorSize = 4096;

    [Fact]
    public void Signed_image_is_the_reference_s_but_for_its_random_numbers() => Assert.All(SecureBootVectors.Cases("sign"), CheckSigned);

    [Fact]
    public void What_the_reference_refuses_to_sign_is_refused() => Assert.All(SecureBootVectors.Cases("refused"), CheckRefused);

    [Fact]
    public void Signature_is_as_good_as_the_reference_says() => Assert.All(SecureBootVectors.Cases("verify"), CheckVerified);

    [Fact]
    public void Signature_blocks_are_those_that_the_reference_sees() => Assert.All(SecureBootVectors.Cases("info"), CheckDescribed);

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
        Assert.All(theirs, signature => Assert.True(signature.IsValid));
        Assert.All(ours, signature => Assert.True(signature.IsValid));
        Assert.Equal(theirs.Select(signature => (signature.Index, signature.KeyDigest, signature.ImageDigest)), ours.Select(signature => (signature.Index, signature.KeyDigest, signature.ImageDigest)));
    }

    private static void CheckRefused(JsonElement item)
    {
        ErrorCode expected = item.Text("id") switch
        {
            "17" or "19" => ErrorCode.SignatureLimit,
            "22" or "23" or "24" or "28" => ErrorCode.KeyTypeUnsupported,
            _ => ErrorCode.SignatureInvalid,
        };
        if (item.Text("id") != "29")
        {
            // 29 is two keys for version 1, which cannot be said here.
            Assert.Equal(expected, Assert.ThrowsAny<Esp32Exception>(() => Sign(item)).Code);
        }
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
        if (item.GetProperty("blocks").ValueKind == JsonValueKind.Null)
        {
            return;
        }

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
        byte[] Make() => BootloaderDigest.Make(
            SecureBootVectors.Read(item.Text("image")!), "bootloader.bin", SecureBootVectors.Read(item.Text("key")!), SecureBootVectors.Read(item.Text("iv")!));
        if (item.Text("output") is string output)
        {
            Assert.Equal(SecureBootVectors.Read(output), Make());
        }
        else
        {
            ErrorCode expected = item.Text("id") == "17" ? ErrorCode.KeyLength : ErrorCode.ImageInvalid;
            Assert.Equal(expected, Assert.ThrowsAny<Esp32Exception>(Make).Code);
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
