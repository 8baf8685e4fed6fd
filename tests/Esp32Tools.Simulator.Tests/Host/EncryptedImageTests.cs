using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Simulator.Encryption;
using Esp32Tools.Simulator.Faults;
using Esp32Tools.Simulator.Tests.Chips;
using Esp32Tools.Tests.Shared;
using Esp32Tools.Tests.Shared.Chips;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>Images that the chip encrypts while it writes them.</summary>
public sealed class EncryptedImageTests
{
    private static readonly byte[] s_key = [.. Enumerable.Range(1, 32).Select(value => (byte)(value * 7))];
    private static readonly FlashImage s_secret = new("secret", 0x2_0000, [.. HostFirmware.Noise(0x9000, 3), .. new byte[0x8003]]) { Encrypt = true };

    /// <summary>The loaders that can.</summary>
    public static TheoryData<string, LoaderKind> Able => Choose(_ => true);

    public static TheoryData<string, LoaderKind> WithCryptConfig => Choose(chip => chip.FindPlace(EfuseRole.EncryptionConfig) is not null);

    private static TheoryData<string, LoaderKind> Choose(Func<ChipDefinition, bool> choose)
    {
        TheoryData<string, LoaderKind> cases = [];
        foreach (object[] row in (IEnumerable<object[]>)HostMatrix.All)
        {
            ChipDefinition chip = ChipCatalog.ByName((string)row[0]);
            if (((LoaderKind)row[1] == LoaderKind.Stub || chip.Loader.RomWritesEncrypted) && choose(chip))
            {
                cases.Add(chip.Key, (LoaderKind)row[1]);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Able))]
    public void Arrive_encrypted_and_are_not_called_verified_and_others_beside_them_are(string chip, LoaderKind loader)
    {
        foreach (bool compress in new[] { true, false })
        {
            using HostBench bench = WithKey(chip, loader);
            FlashImage plain = s_secret with { Name = "plain", Address = 0x10_0000, Encrypt = false };

            IReadOnlyList<FlashWriteResult> results = bench.Write([s_secret, plain], new() { Compress = compress });

            Assert.True(Decrypted(bench, s_secret).AsSpan().SequenceEqual(s_secret.Data));
            Assert.True(bench.Holds(plain));
            Assert.Equal((true, false), (results[0].Encrypted, results[0].Verified));
            Assert.NotNull(results[0].UnverifiedReason);
            Assert.Equal((false, true, null), (results[1].Encrypted, results[1].Verified, results[1].UnverifiedReason));
        }
    }

    [Theory]
    [MemberData(nameof(Able))]
    public void Whole_jobs_can_be_encrypted_after_an_erase_blanks_included(string chip, LoaderKind loader)
    {
        using HostBench bench = WithKey(chip, loader);
        byte[] data = [.. HostFirmware.Noise(0x1000, 1), .. Enumerable.Repeat((byte)0xFF, 0x2_0000), .. HostFirmware.Noise(77, 1)];
        var image = new FlashImage("all", 0x1_0000, data);

        FlashWriteResult result = Assert.Single(bench.Write([image], new() { EraseAll = true, Encrypt = true }));

        Assert.True(Decrypted(bench, image).AsSpan().SequenceEqual(data));
        Assert.Equal((nameof(FlashWriteMethod.Full), true), (result.Method, result.Encrypted));
    }

    [Theory]
    [MemberData(nameof(Able))]
    public void Chip_that_decrypts_takes_them_and_no_plain_ones(string chip, LoaderKind loader)
    {
        using HostBench bench = WithKey(chip, loader);
        bench.Burn(bench.Chip.Place(EfuseRole.EncryptionCount), 1);
        FlashImage plain = s_secret with { Name = "plain", Address = 0x10_0000, Encrypt = false };

        Refuses(bench, ErrorCode.FlashEncrypted, isLiftable: true, s_secret, plain);
        bench.Write([s_secret]);

        Assert.True(Decrypted(bench, s_secret).AsSpan().SequenceEqual(s_secret.Data));
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Chip_that_cannot_is_not_touched(string chip, LoaderKind loader)
    {
        using HostBench bare = new(chip, loader);
        bool romCannot = loader == LoaderKind.Rom && !bare.Chip.Loader.RomWritesEncrypted;
        Refuses(bare, romCannot ? ErrorCode.ChipUnsupported : ErrorCode.FlashKeyMissing, isLiftable: false, s_secret);

        using HostBench closed = WithKey(chip, loader);
        closed.Burn(closed.Chip.Place(EfuseRole.DownloadEncryptDisable), 1);
        Refuses(closed, romCannot ? ErrorCode.ChipUnsupported : ErrorCode.DownloadEncryptDisabled, isLiftable: false, s_secret);
    }

    [Theory]
    [MemberData(nameof(WithCryptConfig))]
    public void Crypt_config_that_leaves_out_a_part_of_the_key_is_refused(string chip, LoaderKind loader)
    {
        using HostBench bench = new(chip, loader);
        BitField config = bench.Chip.Place(EfuseRole.EncryptionConfig);
        bench.Board.Efuse.Store(1, [.. s_key.AsEnumerable().Reverse()]);
        bench.Burn(config, 0x7);
        Refuses(bench, ErrorCode.FlashCryptConfig, isLiftable: false, s_secret);
        bench.Burn(config, 0xF);
        bench.Write([s_secret]);
        Assert.True(Decrypted(bench, s_secret).AsSpan().SequenceEqual(s_secret.Data));
    }

    [Theory]
    [MemberData(nameof(Able))]
    public void Address_that_does_not_suit_is_refused_until_that_is_lifted(string chip, LoaderKind loader)
    {
        using HostBench bench = WithKey(chip, loader);
        uint unit = (uint)bench.Chip.Image.EncryptedWriteAlignment;
        FlashImage aside = s_secret with { Address = s_secret.Address + (unit / 2) };
        FlashImage inside = s_secret with { Address = s_secret.Address + 0x800 };
        Refuses(bench, ErrorCode.Misaligned, isLiftable: true, aside);

        bench.Write([inside]);
        Assert.True(Decrypted(bench, inside).AsSpan().SequenceEqual(inside.Data), "nothing stands in front of it");

        bench.Board.LoadFlash(inside.Address - 0x800, [1, 2, 3]);
        Refuses(bench, ErrorCode.Misaligned, isLiftable: true, inside);
        bench.Write([inside], new() { Allow = [ErrorCode.Misaligned] });
        Assert.True(Decrypted(bench, inside).AsSpan().SequenceEqual(inside.Data));
    }

    [Theory]
    [MemberData(nameof(Able))]
    public void They_are_not_taken_up_again_after_a_loss(string chip, LoaderKind loader)
    {
        foreach (string fault in new[] { "unplug@tochip:8000=replug", "brownout@tochip:8000", "brownout@write:3", "lose@any:3" })
        {
            using HostBench bench = WithKey(chip, loader, options => options with { Clock = new VirtualClock() });
            using Esp32Device device = bench.Connect();
            FlashWritePlan plan = FlashWriter.Plan(device, [s_secret], new(), default);
            bench.Board.Arm(FaultPlan.Parse(fault));

            Esp32Exception error = Assert.ThrowsAny<Esp32Exception>(() => FlashWriter.Write(device, plan, null, default).ToList());

            Assert.NotEmpty(error.Advice);
            Assert.False(Decrypted(bench, s_secret).AsSpan().SequenceEqual(s_secret.Data), $"{fault}: written again");
        }
    }

    [Theory]
    [MemberData(nameof(Able))]
    public void Block_that_arrived_damaged_was_not_taken_and_is_sent_again(string chip, LoaderKind loader)
    {
        using HostBench bench = WithKey(chip, loader);
        using Esp32Device device = bench.Connect();
        FlashWritePlan plan = FlashWriter.Plan(device, [s_secret], new(), default);
        bench.Board.Arm(FaultPlan.Parse("corrupt@tochip:2003"));

        FlashWriteResult result = FlashWriter.Write(device, plan, null, default).Single();

        Assert.Equal(1, result.Retries);
        Assert.True(Decrypted(bench, s_secret).AsSpan().SequenceEqual(s_secret.Data));
    }

    [Fact]
    public void What_changed_cannot_be_found_and_all_is_written_with_a_note()
    {
        using HostBench bench = WithKey("esp32c3", LoaderKind.Stub);

        FlashWriteResult result = Assert.Single(bench.Write([s_secret], new() { Differential = true }));

        Assert.Equal(nameof(FlashWriteMethod.Full), result.Method);
        Assert.NotNull(result.MethodNote);
        Assert.True(Decrypted(bench, s_secret).AsSpan().SequenceEqual(s_secret.Data));
    }

    private static void Refuses(HostBench bench, ErrorCode code, bool isLiftable, params FlashImage[] images)
    {
        byte[] before = bench.Flash();
        Esp32Exception error = Assert.ThrowsAny<Esp32Exception>(() => bench.Write(images, new() { EraseAll = true }));
        Assert.Equal(code, error.Code);
        Assert.Equal(isLiftable, error.IsLiftable);
        Assert.NotEmpty(error.Advice);
        Assert.True(bench.Flash().AsSpan().SequenceEqual(before), $"the flash has changed although {code}");
    }

    private static byte[] Decrypted(HostBench bench, FlashImage image)
    {
        uint start = image.Address & ~0xFFFu;
        byte[] data = bench.Board.ReadFlash(start, (int)(image.Address - start) + image.Data.Length + 32);
        using IFlashCipher cipher = FlashCiphers.For(bench.Chip, bench.Board.Efuse)!;
        for (int at = 0; at + 16 <= data.Length; at += 16)
        {
            cipher.Decrypt(start + (uint)at, data, at);
        }

        return data[(int)(image.Address - start)..][..image.Data.Length];
    }

    private static HostBench WithKey(string chip, LoaderKind loader, Func<SimulatorOptions, SimulatorOptions>? options = null)
    {
        var bench = new HostBench(chip, loader, options);
        bench.Board.BurnFlashKey(s_key);
        return bench;
    }
}
