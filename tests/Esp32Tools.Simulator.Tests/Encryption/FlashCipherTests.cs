using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using Esp32Tools.Simulator.Encryption;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Encryption;

/// <summary>The encryption hardware against what the vendor's tool makes on the host.</summary>
public sealed class FlashCipherTests
{
    // The ESP32 has no flash behind 16 MB, and the tool takes address bits there that the chip does not have.
    private const int Esp32Flash = 16 << 20;

    private const string Cases = "flash-encryption/cases.json";

    // Made by hand from the description of both schemes; the vectors cover far more.
    [Theory]
    [InlineData(0xABCD20, 0xF, "CD47F9DCDF876747EBEC60F327DDAFAFEDBC10EE06640A528515199D2B415A88")]
    [InlineData(0xABCD20, 0x5, "91C4698DACD695AE9F0A8398212E7583")]
    [InlineData(0xABCD20, 0x1, "432179D738B608D1A30CE4ECD6D85ADE")]
    public void Esp32_tweaks_its_key_by_the_address(uint address, uint config, string expected)
    {
        using var cipher = new Esp32FlashCipher(Counting(32), config);

        Assert.StartsWith(expected, Encrypt(cipher, address, Counting(64)));
    }

    [Theory]
    [InlineData(32, 0x10000, "2C2A288E9E96647587883012B81D1739")]
    [InlineData(32, 0x10010, "B0C82FA75404AC8367B5DD6793163003")]
    [InlineData(64, 0x10000, "ED032950BE116E860729B191D93E3CC2")]
    public void Later_chips_use_XTS_on_units_turned_round(int keyLength, uint address, string expected)
    {
        using var cipher = new XtsFlashCipher(Counting(keyLength));

        Assert.StartsWith(expected, Encrypt(cipher, address, Counting(64)));
    }

    public static TheoryData<string> Vectors =>
    [
        .. SharedFiles.VectorJson(Cases).EnumerateArray().Where(item => item.GetProperty("exit_code").GetInt32() == 0 && WholeBlocks(item) > 0).Select(item => item.GetProperty("id").GetString()!),
    ];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Vector_comes_out_and_goes_back(string id)
    {
        JsonElement one = SharedFiles.VectorJson(Cases).EnumerateArray().Single(item => item.GetProperty("id").GetString() == id);
        byte[] input = Read(one, "input");
        byte[] output = Read(one, "output");
        (byte[] plain, byte[] secret) = one.GetProperty("direction").GetString() == "encrypt" ? (input, output) : (output, input);
        uint address = one.GetProperty("address").GetUInt32();
        int whole = WholeBlocks(one);
        using IFlashCipher cipher = CipherOf(one);

        Assert.Equal(Convert.ToHexString(secret.AsSpan(0, whole)), Encrypt(cipher, address, plain[..whole]));
        for (int at = 0; at < whole; at += 16)
        {
            cipher.Decrypt(address + (uint)at, secret, at);
        }

        Assert.Equal(plain[..whole], secret[..whole]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(33)]
    [InlineData(100)]
    public void Bytes_may_come_in_any_pieces(int piece)
    {
        byte[] plain = Counting(256);
        using var cipher = new Esp32FlashCipher(Counting(32), 0xF);
        Dictionary<uint, byte> written = [];
        var writer = new EncryptingWriter(cipher, (address, data, offset, count) =>
        {
            for (int i = 0; i < count; i++)
            {
                written.Add(address + (uint)i, data[offset + i]);
            }

            return true;
        });
        for (int at = 0; at < plain.Length; at += piece)
        {
            Assert.True(writer.Write(0x20000 + (uint)at, plain, at, Math.Min(piece, plain.Length - at)));
        }

        Assert.Equal(Encrypt(cipher, 0x20000, plain), Convert.ToHexString([.. written.OrderBy(pair => pair.Key).Select(pair => pair.Value)]));
    }

    private static IFlashCipher CipherOf(JsonElement one)
    {
        byte[] key = Read(one, "key");
        return one.GetProperty("scheme").GetString() == "esp32-aes"
            ? new Esp32FlashCipher(key, one.TryGetProperty("flash_crypt_conf", out JsonElement config) && config.ValueKind == JsonValueKind.Number ? config.GetUInt32() : 0xF)
            : new XtsFlashCipher(key.Length == 16 ? SHA256.HashData(key) : key);
    }

    // How many bytes can be compared. A last block that is not full has random bytes behind it.
    private static int WholeBlocks(JsonElement one)
    {
        long length = Math.Min(Read(one, "input").Length, Read(one, "output").Length);
        if (one.TryGetProperty("comparable_bytes", out JsonElement count))
        {
            length = Math.Min(length, count.GetInt32());
        }

        bool isEsp32 = one.GetProperty("scheme").GetString() == "esp32-aes";
        return (int)Math.Min(length, isEsp32 ? Esp32Flash - (long)one.GetProperty("address").GetUInt32() : length) / 16 * 16;
    }

    private static byte[] Read(JsonElement one, string name) => SharedFiles.ReadVector($"flash-encryption/{one.GetProperty(name).GetString()}");

    private static string Encrypt(IFlashCipher cipher, uint address, byte[] plain)
    {
        byte[] data = (byte[])plain.Clone();
        for (int at = 0; at < data.Length; at += 16)
        {
            cipher.Encrypt(address + (uint)at, data, at);
        }

        return Convert.ToHexString(data);
    }

    private static byte[] Counting(int count) => [.. Enumerable.Range(0, count).Select(value => (byte)value)];
}
