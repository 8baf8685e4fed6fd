using System;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Errors;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Core.Tests.Crypto.Keys;

public sealed class KeyPemTests
{
    // Rounds of the key derivation where nothing depends on them; what is shipped takes 600 000.
    private const int FewRounds = 2_000;

    private static readonly byte[] s_digest = SHA256.HashData("an image"u8);

    public static TheoryData<SigningKeyType> Types => [.. Enum.GetValues<SigningKeyType>()];

    [Fact]
    public void Keys_of_the_reference_have_the_reference_digest_from_both_halves()
    {
        foreach (JsonElement item in SecureBootVectors.Cases("keys").Where(item => item.Text("sbv2_digest") is not null))
        {
            foreach (string half in (string[])["private", "public"])
            {
                string path = item.Text(half)!;
                SigningPublicKey key = KeyPem.ReadPublic(SecureBootVectors.Read(path), path);
                Assert.Equal(item.Text("sbv2_digest"), Convert.ToHexStringLower(key.GetEfuseDigest()));
            }
        }
    }

    [Fact]
    public void Keys_of_the_reference_of_other_kinds_are_refused()
    {
        foreach (JsonElement item in SecureBootVectors.Cases("keys"))
        {
            foreach (string path in (string[])[item.Text("private")!, item.Text("public")!])
            {
                if (!SecureBootVectors.IsSupported(item))
                {
                    Assert.Equal(ErrorCode.KeyTypeUnsupported, Code(() => KeyPem.ReadPublic(SecureBootVectors.Read(path), path)));
                }
                else
                {
                    KeyPem.ReadPublic(SecureBootVectors.Read(path), path);
                }
            }
        }
    }

    [Fact]
    public void Keys_of_the_reference_written_again_are_the_same_files()
    {
        foreach (JsonElement item in SecureBootVectors.Cases("keys").Where(item => item.Text("sbv2_digest") is not null))
        {
            string path = item.Text("private")!;
            byte[] file = SecureBootVectors.Read(path);
            using SigningKey key = KeyPem.ReadPrivate(file, path);
            bool isPkcs8 = Encoding.ASCII.GetString(file).StartsWith("-----BEGIN PRIVATE", StringComparison.Ordinal);
            Assert.Equal(Lines(file), Lines(isPkcs8 ? KeyPem.WritePrivate(key, passphrase: null) : KeyPem.WriteTraditional(key)));
            Assert.Equal(Lines(SecureBootVectors.Read(item.Text("public")!)), Lines(KeyPem.WritePublic(key.PublicKey)));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void New_key_is_read_back_from_every_form(SigningKeyType type)
    {
        using SigningKey key = SigningKey.Create(type);
        Assert.Equal(type, key.Type);
        byte[] signature = key.Sign(Digest(key));
        Assert.True(key.PublicKey.Verify(Digest(key), signature));
        foreach (byte[] file in new[] { KeyPem.WritePrivate(key, passphrase: null), KeyPem.WriteTraditional(key), KeyPem.WritePrivate(key, Secret("pâss"), FewRounds) })
        {
            using SigningKey read = KeyPem.ReadPrivate(file, "key.pem", Secret("pâss"));
            Assert.True(read.PublicKey.IsSameAs(key.PublicKey));
            Assert.True(key.PublicKey.Verify(Digest(key), read.Sign(Digest(key))));
        }

        Assert.True(KeyPem.ReadPublic(KeyPem.WritePublic(key.PublicKey), "key.pem").IsSameAs(key.PublicKey));
    }

#if NET // .NET Framework reads no key files.
    [Theory]
    [InlineData(SigningKeyType.Rsa3072)]
    [InlineData(SigningKeyType.EcdsaP256)]
    [InlineData(SigningKeyType.EcdsaP384)]
    public void Platform_reads_our_files_and_we_read_the_platform_s(SigningKeyType type)
    {
        using SigningKey key = SigningKey.Create(type);
        using AsymmetricAlgorithm platform = type == SigningKeyType.Rsa3072 ? RSA.Create() : ECDsa.Create();
        platform.ImportFromEncryptedPem(Encoding.ASCII.GetString(KeyPem.WritePrivate(key, Secret("one"), FewRounds)), "one");
        string theirs = platform.ExportEncryptedPkcs8PrivateKeyPem("two", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA512, 1000));
        using SigningKey read = KeyPem.ReadPrivate(Encoding.ASCII.GetBytes(theirs + "\n"), "key.pem", Secret("two"));
        Assert.True(read.PublicKey.IsSameAs(key.PublicKey));
        byte[] digest = Digest(key);
        if (platform is ECDsa ecdsa)
        {
            Assert.True(ecdsa.VerifyHash(digest, key.Sign(digest)));
            Assert.True(key.PublicKey.Verify(digest, ecdsa.SignHash(digest)));
        }
    }

    [Fact]
    public void Passphrase_goes_through_600000_rounds()
    {
        using SigningKey key = SigningKey.Create(SigningKeyType.EcdsaP256);
        byte[] file = KeyPem.WritePrivate(key, Secret("one"));
        byte[] content = PemText.Blocks(file).Single().Decode();
        Assert.Contains("0203" + "0927C0", Convert.ToHexString(content), StringComparison.Ordinal); // INTEGER, three bytes, 600 000
        using ECDsa platform = ECDsa.Create();
        platform.ImportFromEncryptedPem(Encoding.ASCII.GetString(file), "one");
        using SigningKey read = KeyPem.ReadPrivate(file, "key.pem", Secret("one"));
        Assert.True(read.PublicKey.IsSameAs(key.PublicKey));
    }
#endif

    [Fact]
    public void Scalar_is_as_long_as_a_coordinate()
    {
        foreach ((SigningKeyType type, int size) in new[] { (SigningKeyType.EcdsaP192, 24), (SigningKeyType.EcdsaP256, 32), (SigningKeyType.EcdsaP384, 48) })
        {
            using EcSigningKey key = (EcSigningKey)SigningKey.Create(type);
            Assert.Equal(size, key.GetScalar().Length);
            key.Dispose();
            Assert.All(key.GetScalar(), part => Assert.Equal(0, part));
        }
    }

    // RFC 6979, A.2.3, A.2.5 and A.2.6: message "sample", SHA-256, SHA-256 and SHA-384.
    [Theory]
    [InlineData("6FAB034934E4C0FC9AE67F5B5659A9D7D1FEFD187EE09FD4", 24, "4B0B8CE98A92866A2820E20AA6B75B56382E0F9BFD5ECB55CCDB006926EA9565CBADC840829D8C384E06DE1F1E381B85")]
    [InlineData("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721", 32, "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8")]
    [InlineData("6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D896D5724E4C70A825F872C9EA60D2EDF5", 48, "94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C81A648152E44ACF96E36DD1E80FABE4699EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94FA329C145786E679E7B82C71A38628AC8")]
    public void Signature_is_that_of_the_standard(string scalar, int size, string signature)
    {
        EllipticCurve curve = EllipticCurve.All.Single(curve => curve.Size == size);
        using EcSigningKey key = EcSigningKey.FromScalar(curve, Convert.FromHexString(scalar))!;
        byte[] digest = key.PublicKey.Digest("sample"u8.ToArray(), 6);
        Assert.Equal(signature, Convert.ToHexString(key.Sign(digest)));
        Assert.True(key.PublicKey.Verify(digest, Convert.FromHexString(signature)));
    }

    [Fact]
    public void Passphrase_that_is_missing_or_wrong_is_said_without_it()
    {
        using SigningKey key = SigningKey.Create(SigningKeyType.EcdsaP256);
        byte[] file = KeyPem.WritePrivate(key, Secret("correct horse"), FewRounds);
        Assert.Equal(ErrorCode.KeyPassphrase, Code(() => KeyPem.ReadPrivate(file, "key.pem")));
        InputException error = Assert.Throws<InputException>(() => KeyPem.ReadPrivate(file, "key.pem", Secret("wrong horse")));
        Assert.Equal(ErrorCode.KeyPassphrase, error.Code);
        Assert.DoesNotContain("horse", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Public_key_is_no_private_one()
    {
        using SigningKey key = SigningKey.Create(SigningKeyType.EcdsaP192);
        Assert.Equal(ErrorCode.KeyNotPrivate, Code(() => KeyPem.ReadPrivate(KeyPem.WritePublic(key.PublicKey), "key.pem")));
    }

    [Fact]
    public void Damaged_file_is_refused_and_never_read_as_another_key()
    {
        using SigningKey key = SigningKey.Create(SigningKeyType.EcdsaP256);
        byte[] plain = key.ToPkcs8();
        for (int i = 0; i < plain.Length; i++)
        {
            byte[] damaged = (byte[])plain.Clone();
            damaged[i] ^= 0x40;
            Assert.Contains(
                Code(() => KeyPem.ReadPrivate(PemText.Encode("PRIVATE KEY", damaged), "key.pem")),
                (ErrorCode?[])[ErrorCode.KeyFileInvalid, ErrorCode.KeyTypeUnsupported]);
            Assert.Equal(ErrorCode.KeyFileInvalid, Code(() => KeyPem.ReadPrivate(PemText.Encode("PRIVATE KEY", plain[..i]), "key.pem")));
        }

        Assert.Equal(ErrorCode.KeyFileInvalid, Code(() => KeyPem.ReadPublic("no key"u8.ToArray(), "key.pem")));
    }

    [Fact]
    public void Block_ends_with_its_own_label_and_beginnings_without_an_end_are_passed_over()
    {
        const string Text = "-----BEGIN A-----\nAA==\n-----END B-----\n-----BEGIN C-----\n-----BEGIN D E-----  \r\nAQ==\r\n-----END D E-----\t\r\n"
            + " -----BEGIN F-----\nAA==\n-----END F-----\n-----BEGIN G-----\nAg==\n-----END G-----";
        Assert.Equal(["D E:01", "G:02"], PemText.Blocks(Encoding.ASCII.GetBytes(Text)).Select(block => $"{block.Label}:{Convert.ToHexString(block.Decode())}"));
    }

    [Theory]
    [InlineData("-----BEGIN PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN PRIVATE KEY-----\n-----END PUBLIC KEY-----\n")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("-----BEGIN ")]
    [InlineData("-----END PRIVATE KEY-----\n")]
    public void Beginnings_without_an_end_are_read_in_one_pass(string line)
    {
        // Read anew from each beginning, this takes hours.
        byte[] file = [.. Enumerable.Repeat(Encoding.ASCII.GetBytes(line), 4_000_000 / line.Length).SelectMany(bytes => bytes)];
        long allocated = 0;
        Limits.Within(TimeSpan.FromMinutes(2), () => allocated = Limits.AllocatedBy(
            () => Assert.Equal(ErrorCode.KeyFileInvalid, Code(() => KeyPem.ReadPrivate(file, "key.pem")))));
        Assert.InRange(allocated, 0, 16L * file.Length);
    }

    [Fact]
    public void Rounds_have_a_limit_and_are_not_run_beyond_it()
    {
        const int Written = 0x10_0001;
        using SigningKey key = SigningKey.Create(SigningKeyType.EcdsaP256);
        byte[] content = PemText.Blocks(KeyPem.WritePrivate(key, Secret("one"), Written)).Single().Decode();
        int at = Enumerable.Range(0, content.Length - 5).First(i => content.Skip(i).Take(5).SequenceEqual(new byte[] { 2, 3, 0x10, 0, 1 }));
        KeyPem.ReadPrivate(File(Written), "key.pem", Secret("one")).Dispose();
        Assert.Equal(ErrorCode.KeyPassphrase, Code(() => KeyPem.ReadPrivate(File(Pkcs8Encryption.MaxIterations), "key.pem", Secret("one"))));
        InputException error = Assert.Throws<InputException>(() => KeyPem.ReadPrivate(File(Pkcs8Encryption.MaxIterations + 1), "key.pem", Secret("one")));
        Assert.Equal(ErrorCode.KeyRounds, error.Code);
        Assert.Contains("2000001 rounds", error.Message, StringComparison.Ordinal);
        Assert.Contains("-iter 600000", error.Advice, StringComparison.Ordinal);

        byte[] File(int rounds)
        {
            (content[at + 2], content[at + 3], content[at + 4]) = ((byte)(rounds >> 16), (byte)(rounds >> 8), (byte)rounds);
            return PemText.Encode("ENCRYPTED PRIVATE KEY", content);
        }
    }

    [Fact]
    public void Wait_for_an_encrypted_key_can_be_ended()
    {
        using SigningKey key = SigningKey.Create(SigningKeyType.EcdsaP256);
        byte[] file = KeyPem.WritePrivate(key, Secret("one"), FewRounds);
        Assert.Throws<OperationCanceledException>(() => KeyPem.ReadPrivate(file, "key.pem", Secret("one"), new CancellationToken(canceled: true)));
        using var stop = new CancellationTokenSource();
        using SigningKey read = KeyPem.ReadPrivate(file, "key.pem", Secret("one"), stop.Token);
        Assert.True(read.PublicKey.IsSameAs(key.PublicKey));
    }

    private static byte[] Digest(SigningKey key) => key.PublicKey.Digest(s_digest, s_digest.Length);

    private static ErrorCode? Code(Action action) => Assert.Throws<InputException>(action).Code;

    private static IEnumerable<string> Lines(byte[] file) => Encoding.ASCII.GetString(file).Replace("\r", string.Empty, StringComparison.Ordinal).TrimEnd().Split('\n');

    private static SecureString Secret(string text)
    {
        var secret = new SecureString();
        foreach (char letter in text)
        {
            secret.AppendChar(letter);
        }

        return secret;
    }
}
