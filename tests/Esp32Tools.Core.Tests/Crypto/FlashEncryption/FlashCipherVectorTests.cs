using System;
using System.IO;
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

    public static TheoryData<string> Cases
    {
        get
        {
            TheoryData<string> cases = [];
            if (SharedFiles.Available)
            {
                foreach (JsonElement vector in Read().RootElement.EnumerateArray())
                {
                    cases.Add(vector.GetProperty("id").GetString()!);
                }
            }
            else
            {
                cases.Add(string.Empty);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Result_and_refusal_are_those_of_the_reference(string id)
    {
        if (id.Length == 0)
        {
            return;
        }

        using JsonDocument all = Read();
        JsonElement vector = all.RootElement.EnumerateArray().Single(candidate => candidate.GetProperty("id").GetString() == id);
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

        if (vector.TryGetProperty("refused", out JsonElement why))
        {
            var refusal = Assert.Throws<InputException>(() => Run(input, encrypts));
            Assert.Equal(CodeOf(why.GetString()!), refusal.Code);
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

    private static ErrorCode CodeOf(string refusal) => refusal switch
    {
        _ when refusal.StartsWith("key of", StringComparison.Ordinal) => ErrorCode.KeyLength,
        "no data" => ErrorCode.ImageEmpty,
        _ => ErrorCode.Misaligned,
    };

    private static ChipDefinition ChipOf(string scheme, FlashKey key) => ChipCatalog.ByName(
        scheme == "esp32-aes" ? "esp32" : key.Length == 16 ? "esp32c2" : "esp32s3");

    private static JsonDocument Read() => JsonDocument.Parse(File.ReadAllText(SharedFiles.PathOf("vectors", Folder, "cases.json")));

    private static byte[] Bytes(JsonElement vector, string name) =>
        File.ReadAllBytes(SharedFiles.PathOf("vectors", Folder, vector.GetProperty(name).GetString()!));
}
