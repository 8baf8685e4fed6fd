using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Esp32Tools.Chips;
using Esp32Tools.Core.Tests.Efuse.Fields;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Xunit;
using static Esp32Tools.Core.Tests.Efuse.Fields.EfuseTestChips;

namespace Esp32Tools.Core.Tests.Efuse.Plan;

public sealed class EfuseSigningKeyTests
{
    private static readonly ChipDefinition s_p4 = ChipCatalog.ByName("esp32p4");

    [Theory]
    [InlineData("ECDSA_KEY", SigningKeyType.EcdsaP192)]
    [InlineData("ECDSA_KEY", SigningKeyType.EcdsaP256)]
    [InlineData("ECDSA_KEY_P192", SigningKeyType.EcdsaP192)]
    [InlineData("ECDSA_KEY_P256", SigningKeyType.EcdsaP256)]
    [InlineData("ECDSA_KEY_P384", SigningKeyType.EcdsaP384)]
    public void Private_key_is_stored_as_its_number_whose_bytes_are_those_of_a_file(string purpose, SigningKeyType type)
    {
        using var key = (EcSigningKey)SigningKey.Create(type);
        using EfusePlan plan = Plan(s_p4, Request(key, purpose));
        using EfuseKey bytes = EfuseKey.FromEcdsaScalar(key.GetScalar());
        using EfusePlan same = Plan(s_p4, new EfuseKeyRequest { Key = bytes, Purpose = purpose });
        Assert.Empty(plan.Refusals);
        Assert.Equal(Words(same), Words(plan));
    }

    [Theory]
    [InlineData("ECDSA_KEY", SigningKeyType.EcdsaP384)]
    [InlineData("ECDSA_KEY", SigningKeyType.Rsa3072)]
    [InlineData("ECDSA_KEY_P192", SigningKeyType.EcdsaP256)]
    [InlineData("ECDSA_KEY_P256", SigningKeyType.EcdsaP192)]
    [InlineData("ECDSA_KEY_P384", SigningKeyType.EcdsaP256)]
    [InlineData("XTS_AES_128_KEY", SigningKeyType.EcdsaP256)]
    [InlineData("HMAC_UP", SigningKeyType.EcdsaP256)]
    [InlineData("USER", SigningKeyType.Rsa3072)]
    public void Key_of_another_kind_is_refused(string purpose, SigningKeyType type)
    {
        using SigningKey key = SigningKey.Create(type);
        using EfusePlan plan = Plan(s_p4, Request(key, purpose));
        EfuseException refusal = Assert.Single(plan.Refusals);
        Assert.Equal(ErrorCode.KeyTypeUnsupported, refusal.Code);
        Assert.Contains("'key.pem'", refusal.Message);
    }

    [Fact]
    public void Public_key_is_refused_where_the_private_one_is_needed()
    {
        using SigningKey key = SigningKey.Create(SigningKeyType.EcdsaP256);
        foreach ((ChipDefinition chip, string purpose) in new[] { (s_p4, "ECDSA_KEY"), (Classic, "SecureBootV1") })
        {
            using EfusePlan plan = Plan(chip, PublicRequest(key, purpose));
            Assert.Equal(ErrorCode.KeyNotPrivate, Assert.Single(plan.Refusals).Code);
        }
    }

    [Fact]
    public void Digest_is_the_same_of_a_private_and_a_public_key()
    {
        using SigningKey key = SigningKey.Create(SigningKeyType.EcdsaP256);
        byte[] digest = key.PublicKey.GetEfuseDigest();
        foreach ((ChipDefinition chip, string purpose, byte[] stored) in new[]
        {
            (C3, "SECURE_BOOT_DIGEST1", digest),
            (Classic, "SecureBootV2", digest),
            (ChipCatalog.ByName("esp32c2"), "SECURE_BOOT_DIGEST", [.. new byte[16], .. digest.Take(16)]),
        })
        {
            using EfusePlan plan = Plan(chip, Request(key, purpose));
            using EfusePlan same = Plan(chip, PublicRequest(key, purpose));
            Assert.Empty(plan.Refusals);
            Assert.Equal(EfuseBits.ToWords(stored), plan.Writes[0].Words);
            Assert.Equal(Words(plan), Words(same));
        }
    }

    [Theory]
    [InlineData(0u, 32)]
    [InlineData(1u, 24)]
    public void Key_of_secure_boot_v1_is_the_hash_of_the_private_number(uint coding, int length)
    {
        using var key = (EcSigningKey)SigningKey.Create(SigningKeyType.EcdsaP256);
        byte[] hash = SHA256.HashData(key.GetScalar())[..length];
        EfuseSnapshot chip = Chip(Classic, 300, (0, 6, coding));
        using EfusePlan plan = EfusePlanner.Plan(chip, [Request(key, "SecureBootV1")]);
        using EfuseKey bytes = new(hash);
        using EfusePlan same = EfusePlanner.Plan(chip, [new EfuseKeyRequest { Key = bytes, Purpose = "SecureBootV1" }]);
        Assert.Empty(plan.Refusals);
        Assert.Equal(Words(same), Words(plan));
    }

    [Fact]
    public void Key_without_a_purpose_on_a_chip_with_purposes_is_refused_by_that()
    {
        using SigningKey key = SigningKey.Create(SigningKeyType.EcdsaP256);
        using EfusePlan plan = Plan(s_p4, Request(key, null));
        Assert.Equal(ErrorCode.KeyPurposeInvalid, Assert.Single(plan.Refusals).Code);
    }

    [Fact]
    public void Pem_is_known_by_its_content()
    {
        using SigningKey key = SigningKey.Create(SigningKeyType.EcdsaP256);
        byte[] pem = KeyPem.WritePrivate(key, passphrase: null);
        Assert.True(EfuseSigningKey.IsPem(pem));
        Assert.True(EfuseSigningKey.IsPem([.. Encoding.ASCII.GetBytes("Bag Attributes\n"), .. pem]));
        Assert.False(EfuseSigningKey.IsPem(Bytes(1)));
        Assert.False(EfuseSigningKey.IsPem([]));
        Assert.False(EfuseSigningKey.IsPem(Encoding.ASCII.GetBytes("-----BEGIN")));
    }

    [Fact]
    public void Disposed_key_holds_no_number_and_shows_none_before()
    {
        using var key = (EcSigningKey)SigningKey.Create(SigningKeyType.EcdsaP256);
        EfuseSigningKey burned = EfuseSigningKey.FromPem(KeyPem.WritePrivate(key, passphrase: null), "key.pem");
        Assert.Equal("***", burned.ToString());
        Assert.DoesNotContain(Convert.ToHexString(key.GetScalar()), new EfuseSigningKeyRequest { Key = burned }.ToString(), StringComparison.OrdinalIgnoreCase);
        burned.Dispose();
        Assert.All(((EcSigningKey)burned.PrivateKey!).GetScalar(), octet => Assert.Equal(0, octet));
    }

    private static EfusePlan Plan(ChipDefinition chip, EfuseRequest request) => EfusePlanner.Plan(Chip(chip, 300), [request]);

    private static EfuseSigningKeyRequest Request(SigningKey key, string? purpose) => From(KeyPem.WritePrivate(key, passphrase: null), purpose);

    private static EfuseSigningKeyRequest PublicRequest(SigningKey key, string? purpose) => From(KeyPem.WritePublic(key.PublicKey), purpose);

    private static EfuseSigningKeyRequest From(byte[] pem, string? purpose) => new() { Key = EfuseSigningKey.FromPem(pem, "key.pem"), Purpose = purpose };

    private static uint[][] Words(EfusePlan plan) => [.. plan.Writes.Select(write => write.Words.ToArray())];
}
