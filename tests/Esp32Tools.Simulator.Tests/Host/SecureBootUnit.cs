using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Crypto.Keys;
using Esp32Tools.Crypto.SecureBoot;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Examples.Quickstart;
using Esp32Tools.Flash;
using Esp32Tools.Protection.Procedure;
using Esp32Tools.Protection.SecureBoot;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>A virtual board with keys to sign for it, and the procedure on it.</summary>
internal sealed class SecureBootUnit : IDisposable
{
    private static readonly Lazy<SigningKey>[] s_rsa = [new(() => SigningKey.Create(SigningKeyType.Rsa3072)), new(() => SigningKey.Create(SigningKeyType.Rsa3072))];
    private static readonly Lazy<SigningKey>[] s_ec = [new(() => SigningKey.Create(SigningKeyType.EcdsaP256)), new(() => SigningKey.Create(SigningKeyType.EcdsaP256))];

    private static readonly ConcurrentDictionary<string, IReadOnlyList<FlashImage>> s_images = new();

    private SecureBootUnit(HostBench bench) => Bench = bench;

    public SecureBootUnit(string chip, Func<SimulatorOptions, SimulatorOptions>? options = null)
        : this(new HostBench(chip, LoaderKind.Rom, options))
    {
    }

    public HostBench Bench { get; }

    public ChipDefinition Chip => Bench.Chip;

    /// <summary>A key of the kind that the chip's ROM knows best, and another.</summary>
    public SigningKey Key => Keys[0].Value;

    public SigningKey OtherKey => Keys[1].Value;

    private Lazy<SigningKey>[] Keys => Chip.Security.SecureBoot is { Rsa: false } ? s_ec : s_rsa;

    public uint BootloaderAddress => (uint)Chip.Image.BootloaderOffset;

    /// <summary>A bootloader for the chip, not signed.</summary>
    public byte[] Bootloader => SampleFirmware.Bootloader(Chip);

    public static SecureBootDigest DigestOf(SigningKey key) => SecureBootDigest.Read(KeyPem.WritePublic(key.PublicKey), "key.pem");

    public static byte[] Signed(byte[] image, params SigningKey[] keys) => SecureBootV2.Sign(image, "image", keys);

    /// <summary>Bootloader and something like an application, signed; the same ones each time, though signatures hold chance.</summary>
    public IReadOnlyList<FlashImage> SignedImages(params SigningKey[] keys) => s_images.GetOrAdd(
        $"{Chip.Key} {string.Join(" ", keys.Select(key => DigestOf(key).Digest))}",
        _ =>
        [
            new FlashImage("bootloader.bin", BootloaderAddress, Signed(Bootloader, keys)),
            new FlashImage("app.bin", 0x1_0000, Signed(Bootloader, keys)),
        ]);

    /// <summary>All that is wanted for version 2, without flash encryption.</summary>
    public SecureBootOptions Wanted(params SigningKey[] keys) => new()
    {
        Digests = [.. keys.Select(DigestOf)],
        RevokeUnused = true,
        Allow = [ErrorCode.ReadProtectionLost],
    };

    /// <summary>Version 1 with a key that goes with <paramref name="key"/>.</summary>
    public SecureBootOptions WantedV1(SigningKey key) => new()
    {
        Version = SecureBootVersion.V1,
        Key = SecureBootV1Key.Read(KeyPem.WriteTraditional(key), "key.pem"),
    };

    public IReadOnlyList<SecurityStep> Run(SecureBootOptions options)
    {
        using Esp32Device device = Bench.Connect();
        return Run(device, options);
    }

    public static IReadOnlyList<SecurityStep> Run(Esp32Device device, SecureBootOptions options)
    {
        using SecurityProcedure procedure = SecureBootProcedure.Plan(device, options, CancellationToken.None);
        return [.. procedure.Run(null, CancellationToken.None)];
    }

    /// <summary>What refuses the procedure before it does anything.</summary>
    public Esp32Exception? Refusal(SecureBootOptions options)
    {
        byte[][] before = Fuses();
        byte[] flash = Bench.Flash();
        try
        {
            Run(options);
            return null;
        }
        catch (Esp32Exception refusal)
        {
            if (!before.Zip(Fuses(), Enumerable.SequenceEqual).All(same => same) || !flash.SequenceEqual(Bench.Flash()))
            {
                throw new InvalidOperationException("Something was done before it was refused.", refusal);
            }

            return refusal;
        }
    }

    public byte[][] Fuses() => [.. Bench.Board.Efuse.Fuses.Select(block => block.ToArray())];

    public uint Fuse(string field) => Bench.Board.Efuse.Field(field);

    public void Dispose() => Bench.Dispose();
}
