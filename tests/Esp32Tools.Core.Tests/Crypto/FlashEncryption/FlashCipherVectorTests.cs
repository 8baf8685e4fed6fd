using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Chips;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Errors;
using Esp32Tools.Tests.Shared;
using Xunit;

namespace Esp32Tools.Core.Tests.Crypto.FlashEncryption;

/// <summary>The vendor's tool on the same keys, addresses and bytes, both ways.</summary>
public sealed class FlashCipherVectorTests
{
    private const string Folder = "flash-encryption";

    public static TheoryData<string> Cases => [.. All.Select(vector => vector.GetProperty("id").GetString()!)];

    private static IEnumerable<JsonElement> All => SharedFiles.VectorJson($"{Folder}/cases.json").EnumerateArray();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Result_and_refusal_are_those_of_the_reference(string id)
    {
        JsonElement vector = All.Single(candidate => candidate.GetProperty("id").GetString() == id);
        string scheme = vector.GetProperty("scheme").GetString()!;
        byte[] input = Bytes(vector, "input");
        uint address = vector.GetProperty("address").GetUInt32();
        int? config = vector.TryGetProperty("flash_crypt_conf", out JsonElement number) ? number.GetInt32() : null;
        bool encrypts = vector.GetProperty("direction").GetString() == "encrypt";
        byte[] Run(byte[] data, bool encrypt)
        {
            using var key = new FlashKey(Bytes(vector, "key"));
            using var cipher = FlashCipher.For(ChipOf(scheme, key), key, config);
            return encrypt ? cipher.Encrypt(data, address) : cipher.Decrypt(data, address);
        }

        if (vector.GetProperty("exit_code").GetInt32() != 0)
        {
            var refusal = Assert.Throws<InputException>(() => Run(input, encrypts));
            Assert.Equal(CodeOf(scheme, Bytes(vector, "key").Length, input.Length), refusal.Code);
            return;
        }

        byte[] expected = Bytes(vector, "output");
        int compared = vector.TryGetProperty("comparable_bytes", out JsonElement few) ? few.GetInt32() : expected.Length;
        byte[] made = Run(input, encrypts);
        Assert.Equal(expected.Length, made.Length);
        Assert.Equal(expected[..compared], made[..compared]);
        Assert.Equal(input, Run(made, !encrypts)[..input.Length]);
        Assert.Equal(input, Run(expected, !encrypts)[..input.Length]);
    }

    // The first thing that is wrong: a key that no chip of the scheme has, no data, or else an address or a length.
    private static ErrorCode CodeOf(string scheme, int keyLength, int dataLength) =>
        !(scheme == "esp32-aes" ? new[] { 24, 32 } : new[] { 16, 32, 64 }).Contains(keyLength) ? ErrorCode.KeyLength
        : dataLength == 0 ? ErrorCode.ImageEmpty
        : ErrorCode.Misaligned;

    private static ChipDefinition ChipOf(string scheme, FlashKey key) => ChipCatalog.ByName(
        scheme == "esp32-aes" ? "esp32" : key.Length == 16 ? "esp32c2" : "esp32s3");

    private static byte[] Bytes(JsonElement vector, string name) => SharedFiles.ReadVector($"{Folder}/{vector.GetProperty(name).GetString()}");
}
