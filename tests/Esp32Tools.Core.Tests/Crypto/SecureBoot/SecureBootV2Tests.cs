using System;
using System.Linq;
using Esp32Tools.Compat;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Crypto.SecureBoot;
using Esp32Tools.Errors;
using Xunit;

namespace Esp32Tools.Core.Tests.Crypto.SecureBoot;

public sealed class SecureBootV2Tests
{
    private static readonly byte[] s_image = [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7))];

    public static TheoryData<SigningKeyType> Types => [.. Enum.GetValues<SigningKeyType>()];

    [Theory]
    [MemberData(nameof(Types))]
    public void Signed_image_verifies_with_its_key_alone(SigningKeyType type)
    {
        using SigningKey key = SigningKey.Create(type);
        using SigningKey other = SigningKey.Create(type);
        byte[] signed = SecureBootV2.Sign(s_image, "app.bin", [key]);
        Assert.Equal(3 * 4096, signed.Length);
        Assert.True(SecureBootV2.Verify(signed, "app.bin", key.PublicKey));
        Assert.False(SecureBootV2.Verify(signed, "app.bin", other.PublicKey));
        ImageSignature signature = Assert.Single(SecureBootV2.Read(signed, "app.bin"));
        Assert.Equal((0, type.ToString(), true, true), (signature.Index, signature.KeyType, signature.MatchesImage, signature.IsValid));
        Assert.Equal(Convert.ToHexStringLower(key.PublicKey.GetEfuseDigest()), signature.KeyDigest);
    }

    [Theory]
    [InlineData(SigningKeyType.EcdsaP192)]
    [InlineData(SigningKeyType.EcdsaP384)]
    public void Any_changed_bit_of_image_or_block_makes_it_bad(SigningKeyType type)
    {
        using SigningKey key = SigningKey.Create(type);
        byte[] signed = SecureBootV2.Sign(s_image, "app.bin", [key]);
        for (int i = 0; i < 8192 + 1216; i += i < 8192 ? 997 : 41)
        {
            byte[] changed = (byte[])signed.Clone();
            changed[i] ^= 1;
            Assert.False(SecureBootV2.Verify(changed, "app.bin", key.PublicKey), $"byte {i}");
        }
    }

    [Fact]
    public void Signatures_that_stay_have_to_be_good()
    {
        using SigningKey first = SigningKey.Create(SigningKeyType.EcdsaP256);
        using SigningKey second = SigningKey.Create(SigningKeyType.EcdsaP192);
        byte[] signed = SecureBootV2.Sign(s_image, "app.bin", [first]);
        byte[] both = SecureBootV2.Sign(signed, "app.bin", [second]);
        Assert.Equal([true, true], SecureBootV2.Read(both, "app.bin").Select(signature => signature.IsValid));
        Assert.Equal(signed[..(8192 + 1216)], both[..(8192 + 1216)]);

        foreach (int place in (int[])[10, 8192 + 30, 8192 + 1216])
        {
            byte[] changed = (byte[])signed.Clone();
            changed[place] ^= 1;
            Assert.Equal(ErrorCode.SignatureInvalid, Assert.Throws<InputException>(() => SecureBootV2.Sign(changed, "app.bin", [second])).Code);
            byte[] replaced = SecureBootV2.Sign(changed, "app.bin", [second], new SigningOptions { Existing = ExistingSignatures.Replace });
            Assert.Equal(second.PublicKey.GetEfuseDigest(), Convert.FromHexString(Assert.Single(SecureBootV2.Read(replaced, "app.bin")).KeyDigest!));
        }
    }

    [Fact]
    public void Unsigned_image_has_no_signatures()
    {
        Assert.Empty(SecureBootV2.Read(s_image, "app.bin"));
        Assert.Empty(SecureBootV2.Read([], "app.bin"));
        using SigningKey key = SigningKey.Create(SigningKeyType.EcdsaP256);
        Assert.Equal(ErrorCode.ImageEmpty, Assert.Throws<InputException>(() => SecureBootV2.Sign([], "app.bin", [key])).Code);
    }

    [Fact]
    public void Checksum_is_that_of_zlib() => Assert.Equal(0xCBF4_3926u, Crc32.Of("123456789"u8.ToArray(), 0, 9));

    [Fact]
    public void Version_1_signs_once_and_verifies_with_its_key_alone()
    {
        using SigningKey key = SigningKey.Create(SigningKeyType.EcdsaP256);
        using SigningKey other = SigningKey.Create(SigningKeyType.EcdsaP256);
        byte[] signed = SecureBootV1.Sign(s_image, "app.bin", key);
        Assert.Equal(s_image.Length + 68, signed.Length);
        Assert.True(SecureBootV1.Verify(signed, key.PublicKey));
        Assert.False(SecureBootV1.Verify(signed, other.PublicKey));
        Assert.Equal(ErrorCode.SignatureLimit, Assert.Throws<InputException>(() => SecureBootV1.Sign(signed, "app.bin", key)).Code);
        Assert.Equal(signed, SecureBootV1.Sign(signed, "app.bin", key, new SigningOptions { Existing = ExistingSignatures.Replace }));
    }
}
