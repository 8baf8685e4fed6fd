using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using Esp32Tools.Chips;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Errors;
using Xunit;

namespace Esp32Tools.Core.Tests.Crypto.FlashEncryption;

public sealed class FlashCipherTests
{
    /// <summary>Every chip with every length of key that it has.</summary>
    public static TheoryData<string, int> Keys
    {
        get
        {
            TheoryData<string, int> keys = [];
            foreach (ChipDefinition chip in ChipCatalog.All)
            {
                foreach (int length in chip.Security.FlashKeyLengths)
                {
                    keys.Add(chip.Key, length);
                }
            }

            return keys;
        }
    }

    // Bytes 0, 1, 2, ... under a key of 0, 1, 2, ...; worked out with the vendor's tool.
    [Theory]
    [InlineData("esp32", 32, 0xABCD20, 0xF, "CD47F9DCDF876747EBEC60F327DDAFAFEDBC10EE06640A528515199D2B415A88")]
    [InlineData("esp32", 32, 0xABCD20, 0x5, "91C4698DACD695AE9F0A8398212E7583")]
    [InlineData("esp32", 32, 0xABCD20, 0x1, "432179D738B608D1A30CE4ECD6D85ADE")]
    [InlineData("esp32", 24, 0x10000, 0xF, "73E536CEA016A41B32028C054D703FE6")]
    [InlineData("esp32c3", 32, 0x10000, null, "2C2A288E9E96647587883012B81D1739")]
    [InlineData("esp32c3", 32, 0x10010, null, "B0C82FA75404AC8367B5DD6793163003")]
    [InlineData("esp32s3", 64, 0x10000, null, "ED032950BE116E860729B191D93E3CC2")]
    [InlineData("esp32c2", 16, 0x10000, null, "57BCBE7A34B77C9D72CD546DCF9868A0")]
    public void Known_bytes_come_out(string chip, int keyLength, uint address, int? cryptConfig, string expected)
    {
        using FlashCipher cipher = CipherOf(chip, Counting(keyLength), cryptConfig);

        byte[] encrypted = cipher.Encrypt(Counting(64), address);

        Assert.Equal(expected, Convert.ToHexString(encrypted)[..expected.Length]);
        Assert.Equal(Counting(64), cipher.Decrypt(encrypted, address));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void What_was_encrypted_decrypts_wherever_it_stands_and_in_any_pieces(string chip, int keyLength)
    {
        var random = new Random(keyLength);
        byte[] key = new byte[keyLength];
        random.NextBytes(key);
        using FlashCipher cipher = CipherOf(chip, key);
        for (int turn = 0; turn < 40; turn++)
        {
            uint address = (uint)random.Next(0, 0x0200_0000) & ~0xFu;
            byte[] plain = new byte[16 * random.Next(2, 60)];
            random.NextBytes(plain);

            byte[] encrypted = cipher.Encrypt(plain, address);

            Assert.Equal(plain, cipher.Decrypt(encrypted, address));
            int cut = 16 * random.Next(1, plain.Length / 16);
            Assert.Equal(encrypted, (byte[])[.. cipher.Encrypt(plain[..cut], address), .. cipher.Encrypt(plain[cut..], address + (uint)cut)]);
            Assert.NotEqual(encrypted, cipher.Encrypt(plain, address + 0x80));
        }
    }

    [Fact]
    public void Without_any_crypt_config_the_address_plays_no_part()
    {
        using FlashCipher cipher = CipherOf("esp32", Counting(32), 0);

        Assert.Equal(cipher.Encrypt(Counting(64), 0x1000), cipher.Encrypt(Counting(64), 0xF_F000));
    }

    [Fact]
    public void Bytes_that_were_given_stay_as_they_are()
    {
        byte[] data = Counting(256);
        foreach (string chip in new[] { "esp32", "esp32c6" })
        {
            using FlashCipher cipher = CipherOf(chip, Counting(32));
            cipher.Encrypt(data, 0x1000);
            cipher.Decrypt(data, 0x1000);
        }

        Assert.Equal(Counting(256), data);
    }

    [Theory]
    [InlineData("esp32")]
    [InlineData("esp32h2")]
    public void Last_bytes_of_the_address_space_are_within_it_and_no_more(string chip)
    {
        using FlashCipher cipher = CipherOf(chip, Counting(32));

        Assert.Equal(Counting(16), cipher.Decrypt(cipher.Encrypt(Counting(16), 0xFFFF_FFF0), 0xFFFF_FFF0));
        Assert.Equal(ErrorCode.BeyondFlash, Assert.Throws<InputException>(() => cipher.Encrypt(Counting(32), 0xFFFF_FFF0)).Code);
    }

    [Fact]
    public void Refusal_names_the_file_and_the_address_and_never_a_key()
    {
        byte[] secret = RandomNumberGenerator.GetBytes(32);
        using FlashCipher cipher = CipherOf("esp32c3", secret);

        InputException[] refusals =
        [
            Assert.Throws<InputException>(() => cipher.Encrypt(Counting(20), 0x1000, "app.bin")),
            Assert.Throws<InputException>(() => cipher.Decrypt(Counting(32), 0x1008, "app.bin")),
            Assert.Throws<InputException>(() => cipher.Encrypt([], 0x1000, "app.bin")),
            Assert.Throws<InputException>(() => CipherOf("esp32", [.. secret, .. secret])),
        ];

        Assert.Equal([ErrorCode.Misaligned, ErrorCode.Misaligned, ErrorCode.ImageEmpty, ErrorCode.KeyLength], refusals.Select(refusal => refusal.Code));
        Assert.All(refusals[..3], refusal => Assert.Contains("app.bin", refusal.Message, StringComparison.Ordinal));
        Assert.Contains("0x1008", refusals[1].Message, StringComparison.Ordinal);
        Assert.All(refusals, refusal => Assert.DoesNotContain(Convert.ToHexString(secret)[..8], refusal.ToString(), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Crypt_config_is_the_ESP32s_alone_and_has_four_bits()
    {
        Assert.Equal(ErrorCode.SettingsConflict, Assert.Throws<Esp32Exception>(() => CipherOf("esp32s2", Counting(32), 0xF)).Code);
        Assert.Equal(ErrorCode.ValueInvalid, Assert.Throws<Esp32Exception>(() => CipherOf("esp32", Counting(32), 16)).Code);
    }

    [Fact]
    public void Key_lengths_of_a_chip_fit_the_purposes_of_its_key_blocks()
    {
        foreach (ChipDefinition chip in ChipCatalog.All)
        {
            IReadOnlyList<int> lengths = chip.Security.FlashKeyLengths;
            Assert.Equal(chip.SplitKeyPurposes.Any(purpose => purpose.Name == "XTS_AES_256_KEY"), lengths.Contains(64));
            Assert.Equal(chip.KeyPurposes.Any(purpose => purpose.Name.StartsWith("XTS_AES_128_KEY_DERIVED", StringComparison.Ordinal)), lengths.Contains(16));
            Assert.Equal(chip.Security.FlashCryptConfig is not null, lengths.Contains(24));
            Assert.Equal(32, lengths[0]);
        }
    }

    private static byte[] Counting(int length) => [.. Enumerable.Range(0, length).Select(value => (byte)value)];

    private static FlashCipher CipherOf(string chip, byte[] bytes, int? cryptConfig = null)
    {
        using var key = new FlashKey(bytes);
        return FlashCipher.For(ChipCatalog.ByName(chip), key, cryptConfig);
    }
}
