using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Tests.Shared;
using Esp32Tools.Tests.Shared.Chips;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>What is wrong is said before anything changes.</summary>
public sealed class RefusalTests
{
    private static readonly byte[] s_old = HostFirmware.Noise(4 << 20, 1);

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Bad_input_has_its_own_error_and_changes_nothing(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        bench.Board.LoadFlash(0, s_old);
        FlashImage app = HostFirmware.For(bench.Chip)[2];
        FlashImage good = new("good", 0x20_0000, HostFirmware.Noise(100, 2));
        ChipDefinition other = ChipCatalog.All.First(candidate => candidate.Key != chip);

        Refuses(bench, ErrorCode.ImagesOverlap, good, good with { Name = "again", Address = 0x20_0800 });
        Refuses(bench, ErrorCode.ImagesOverlap, app, good with { Address = app.Address + 0x1_0000 });
        Refuses(bench, ErrorCode.BeyondFlash, good, good with { Name = "high", Address = 0x3F_FFFF });
        Refuses(bench, ErrorCode.BeyondFlash, good, good with { Name = "highest", Address = 0xFFFF_FFF0 });
        Refuses(bench, ErrorCode.ImageForOtherChip, good, HostFirmware.For(other)[2]);
        Refuses(bench, ErrorCode.ImageTruncated, good, app with { Data = app.Data[..^40] });
        Refuses(bench, ErrorCode.ImageInvalid, good, Changed(app, image => image[5000] ^= 1));
        Refuses(bench, ErrorCode.ImageEmpty, good, app with { Data = [] });
        Refuses(bench, ErrorCode.ImageRevision, good, Changed(app, image =>
        {
            // Lowest revision 9.0: header bytes 15 and 16.
            BitConverter.TryWriteBytes(image.AsSpan(15), (ushort)900);
            SHA256.HashData(image.AsSpan(0, image.Length - 32)).CopyTo(image, image.Length - 32);
        }));
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Header_that_claims_more_flash_than_there_is_is_refused(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        bench.Board.LoadFlash(0, s_old);

        Refuses(bench, new() { FlashSize = "16MB" }, ErrorCode.FlashSizeClaim, HostFirmware.For(bench.Chip)[0]);
        Refuses(bench, new() { FlashSize = "5MB" }, ErrorCode.ValueInvalid, HostFirmware.For(bench.Chip)[0]);
        Refuses(bench, new() { FlashMode = "fast" }, ErrorCode.ValueInvalid, HostFirmware.For(bench.Chip)[0]);
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Secure_boot_guards_the_bootloader_until_forced(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        bench.Board.LoadFlash(0, s_old);
        bench.Burn(bench.Chip.Place(EfuseRole.SecureBootEnable), 1);
        IReadOnlyList<FlashImage> images = HostFirmware.For(bench.Chip);

        Refuses(bench, ErrorCode.SecureBootProtected, [.. images]);
        RefusesErase(bench, ErrorCode.SecureBootProtected);

        Assert.True(Assert.Single(bench.Write([images[2]])).Verified);
        IReadOnlyList<FlashWriteResult> forced = bench.Write(images, new() { Allow = [ErrorCode.SecureBootProtected], FlashMode = "qio" });
        Assert.All(forced, result => Assert.True(result.Verified));
        Assert.All(images, image => Assert.True(bench.Holds(image), "a signed image is not patched"));
        Assert.NotNull(forced[0].HeaderNote);
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Flash_encryption_keeps_plain_bytes_away_until_forced(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        bench.Board.LoadFlash(0, s_old);
        bench.Burn(bench.Chip.Place(EfuseRole.EncryptionCount), 1);
        FlashImage app = HostFirmware.For(bench.Chip)[2];

        Refuses(bench, ErrorCode.FlashEncrypted, app);
        RefusesErase(bench, ErrorCode.FlashEncrypted);

        Assert.True(Assert.Single(bench.Write([app], new() { Allow = [ErrorCode.FlashEncrypted] })).Verified);
        Assert.True(bench.Holds(app));
    }

    [Theory]
    [MemberData(nameof(ChipsWithKeyManager))]
    public void What_the_key_manager_keeps_is_not_written_over(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        bench.Board.LoadFlash(0, s_old);
        bench.Burn(bench.Chip.Place(EfuseRole.EncryptionCount), 1);
        bench.Burn(bench.Chip.Place(EfuseRole.KeyManagerKeys), SecurityFacts.KeyManagerFlashKey);
        FlashImage below = new("below", 0x1000, HostFirmware.Noise(4096, 2));
        FlashImage behind = new("behind", 0x2000, HostFirmware.Noise(4096, 3));

        Refuses(bench, ErrorCode.FlashEncrypted, below);
        Assert.Equal(ErrorCode.KeyRecoveryArea, Code(() => bench.Write([below], new() { Allow = [ErrorCode.FlashEncrypted] })));
        Assert.True(bench.Flash().AsSpan().SequenceEqual(s_old));

        Assert.True(Assert.Single(bench.Write([behind], new() { Allow = [ErrorCode.FlashEncrypted] })).Verified);
        Assert.True(Assert.Single(bench.Write([below], new() { Allow = [ErrorCode.FlashEncrypted, ErrorCode.KeyRecoveryArea] })).Verified);
    }

    public static TheoryData<string, LoaderKind> ChipsWithKeyManager
    {
        get
        {
            TheoryData<string, LoaderKind> cases = [];
            foreach (ChipDefinition chip in ChipCatalog.All.Where(chip => chip.Efuse.Has(EfuseRole.KeyManagerKeys)))
            {
                cases.Add(chip.Key, LoaderKind.Rom);
                cases.Add(chip.Key, LoaderKind.Stub);
            }

            return cases;
        }
    }

    [Fact]
    public void Secure_download_mode_takes_a_write_of_given_size_and_calls_nothing_verified()
    {
        using HostBench bench = SecureDownload();
        IReadOnlyList<FlashImage> images = [.. HostFirmware.For(bench.Chip), new("high", 0x30_0000, HostFirmware.Noise(5001, 3))];
        using Esp32Device device = bench.Connect();

        IReadOnlyList<FlashWriteResult> results =
            FlashWriter.Write(device, images, new() { FlashSize = "4MB", FlashMode = "qio" }, null, CancellationToken.None);

        Assert.True(device.IsSecureDownloadMode && !device.IsStub);
        Assert.All(images, image => Assert.True(bench.Holds(image), image.Name));
        Assert.All(results, result => Assert.False(result.Verified || result.Skipped));
        Assert.NotNull(results[0].HeaderNote);
    }

    [Fact]
    public void Secure_download_mode_says_what_it_does_not_allow()
    {
        using HostBench bench = SecureDownload();
        bench.Board.LoadFlash(0, s_old);

        Refuses(bench, ErrorCode.SecureDownloadMode, HostFirmware.For(bench.Chip)[2]);
        using Esp32Device device = bench.Connect();
        Assert.Equal(ErrorCode.SecureDownloadMode, Code(() => FlashReader.Read(device, 0, 16, null, CancellationToken.None)));
        Assert.Equal(ErrorCode.SecureDownloadMode, Code(() => FlashVerifier.Hash(device, 0, 16, CancellationToken.None)));
        Assert.Equal(ErrorCode.SecureDownloadMode, Code(() => FlashEraser.EraseAll(device, [], null, CancellationToken.None)));
        Assert.Equal(ErrorCode.SecureDownloadMode, Code(() => device.ReadIdentity(CancellationToken.None)));
        Assert.True(Esp32DeviceInfo.Read(device, CancellationToken.None).SecureDownloadMode);
        Assert.True(bench.Flash().AsSpan().SequenceEqual(s_old));
    }

    private static HostBench SecureDownload()
    {
        var bench = new HostBench("esp32c3", LoaderKind.Stub);
        bench.BurnSecureDownload();
        return bench;
    }

    private static FlashImage Changed(FlashImage image, Action<byte[]> change)
    {
        byte[] data = (byte[])image.Data.Clone();
        change(data);
        return image with { Data = data };
    }

    private static void Refuses(HostBench bench, ErrorCode code, params FlashImage[] images) => Refuses(bench, new(), code, images);

    private static void Refuses(HostBench bench, FlashWriteOptions options, ErrorCode code, params FlashImage[] images)
    {
        Assert.Equal(code, Code(() => bench.Write(images, options with { EraseAll = true })));
        Assert.False(bench.Board.IsOpen);
        Assert.True(bench.Flash().AsSpan().SequenceEqual(s_old), $"the flash has changed although {code}");
    }

    private static void RefusesErase(HostBench bench, ErrorCode code)
    {
        using Esp32Device device = bench.Connect();
        Assert.Equal(code, Code(() => FlashEraser.EraseAll(device, [], null, CancellationToken.None)));
        Assert.Equal(code, Code(() => FlashEraser.EraseRange(device, 0, 0x1000, [], null, CancellationToken.None)));
        Assert.True(bench.Flash().AsSpan().SequenceEqual(s_old));
    }

    private static ErrorCode Code(Action action)
    {
        Esp32Exception error = Assert.ThrowsAny<Esp32Exception>(action);
        Assert.NotEmpty(error.Advice);
        return error.Code;
    }
}
