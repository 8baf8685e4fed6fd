using System;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using System.Text;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Crypto.SecureBoot;
using Esp32Tools.Fuzz.Seeding;
using Esp32Tools.Tests.Shared;

namespace Esp32Tools.Fuzz.Targets;

/// <summary>Key files and signatures.</summary>
internal static class KeyTargets
{
    private const int SignatureBlockSize = 1216;
    private const int CrcOffset = 1196;
    private const int Rounds = 10;

    private static readonly string[] s_labels = ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "PUBLIC KEY"];
    private static readonly SecureString s_passphrase = MakePassphrase("fuzz");
    private static readonly Lazy<SigningPublicKey> s_key = new(() => KeyPem.ReadPublic(SharedFiles.ReadVector("secure-boot/keys/ec256_a.pem"), "key"));

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("key-pem", Pem)
        {
            Vectors = [("secure-boot/keys", ".pem")],
            Made = () => [MakeEncrypted()],
            Words = [.. s_labels.Select(label => $"-----BEGIN {label}-----\n"), .. s_labels.Select(label => $"-----END {label}-----\n"), "Proc-Type: 4,ENCRYPTED\n"],
            Iterations = 4_000,
        },
        new("key-der", Der) { Made = MakeDer, Iterations = 4_000 },
        new("signature", Signature)
        {
            Vectors = [("secure-boot/signed", ".bin")],
            Repair = RepairBlocks,
            Iterations = 1_500,
        },
        new("signature-file", SignatureText) { Vectors = [("secure-boot/in", ".sig"), ("secure-boot/signed", ".sig")], Made = () => [new byte[64], [0x30, 6, 2, 1, 1, 2, 1, 1]] },
        new("flash-key", input => new FlashKey(input, "input").Dispose()) { Made = () => [new byte[32], new byte[64], new byte[16]], Iterations = 2_000 },
    ];

    private static void Pem(byte[] input)
    {
        _ = KeyPem.IsPem(input);
        _ = KeyPem.IsPublic(input);
        Look.Try(() => KeyPem.ReadPublic(input, "input"));
        using SigningKey key = KeyPem.ReadPrivate(input, "input", s_passphrase);
        if (!key.PublicKey.IsSameAs(KeyPem.ReadPublic(KeyPem.WritePublic(key.PublicKey), "again")))
        {
            throw new InvalidOperationException("The key is another one when it is written and read again.");
        }
    }

    // The first byte chooses the label; the content is not text, so that each change reaches the structure.
    private static void Der(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        string label = s_labels[input[0] % s_labels.Length];
        string text = Convert.ToBase64String(input, 1, input.Length - 1, Base64FormattingOptions.InsertLineBreaks);
        Pem(Encoding.ASCII.GetBytes($"-----BEGIN {label}-----\n{text}\n-----END {label}-----\n"));
    }

    private static void Signature(byte[] input)
    {
        Look.At(SecureBootV2.Read(input, "input"));
        foreach (SecureBootVersion version in Enum.GetValues<SecureBootVersion>())
        {
            Look.Try(() => SignatureCheck.Run(input, "input", s_key.Value, "key", version, allowUnpadded: true));
        }
    }

    private static void SignatureText(byte[] input) => SignatureFile.Read(input, "input", s_key.Value);

    private static byte[] MakeEncrypted()
    {
        using SigningKey key = SigningKey.Create(SigningKeyType.EcdsaP256);
        return KeyPem.WritePrivate(key, s_passphrase, Rounds);
    }

    private static IEnumerable<byte[]> MakeDer()
    {
        foreach (string file in (string[])["ec192_a.pem", "ec256_a.pem", "ec256_a.pub.pem"])
        {
            PemText block = PemText.Blocks(SharedFiles.ReadVector($"secure-boot/keys/{file}")).Last();
            for (int label = 0; label < s_labels.Length; label++)
            {
                yield return [(byte)label, .. block.Decode()];
            }
        }

        yield return [3, .. PemText.Blocks(MakeEncrypted()).Single().Decode()];
    }

    private static SecureString MakePassphrase(string text)
    {
        var secure = new SecureString();
        text.ToList().ForEach(secure.AppendChar);
        return secure;
    }

    private static void RepairBlocks(byte[] input)
    {
        for (int sector = 0; sector + 0x1000 <= input.Length; sector += 0x1000)
        {
            for (int at = sector; at + SignatureBlockSize <= sector + 0x1000; at += SignatureBlockSize)
            {
                if (input[at] == 0xE7)
                {
                    CheckValue.PutCrc32(input, at, CrcOffset, at + CrcOffset, previous: 0);
                }
            }
        }
    }
}
