using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Simulator.Flash;
using Esp32Tools.Tests.Shared;
using Esp32Tools.Tests.Shared.Chips;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>Each refusal has a code of its own, and lifting it lifts it and nothing else.</summary>
public sealed class LiftedRefusalTests
{
    private static readonly FlashImage s_good = new("good", 0x20_0000, HostFirmware.Noise(100, 2));

    /// <summary>Refusals with a job that meets no other.</summary>
    public static TheoryData<string, LoaderKind, ErrorCode> Refusals
    {
        get
        {
            ErrorCode[] codes =
            [
                ErrorCode.ImageForOtherChip, ErrorCode.ImageRevision, ErrorCode.ImageTruncated, ErrorCode.ImageInvalid,
                ErrorCode.ImagesOverlap, ErrorCode.BeyondFlash, ErrorCode.FlashSizeClaim, ErrorCode.FlashEncrypted,
                ErrorCode.SecureBootProtected,
            ];
            TheoryData<string, LoaderKind, ErrorCode> cases = [];
            foreach (object[] row in (IEnumerable<object[]>)HostMatrix.All)
            {
                foreach (ErrorCode code in codes)
                {
                    cases.Add((string)row[0], (LoaderKind)row[1], code);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Each_is_lifted_by_its_own_code_and_by_no_other(string chip, LoaderKind loader, ErrorCode code)
    {
        using var bench = new HostBench(chip, loader);
        (FlashImage[] images, FlashWriteOptions options) = JobThatMeets(code, bench);
        ErrorCode[] others = [.. RefusalCatalog.FlashWrite.Codes.Where(other => other != code)];
        byte[] before = bench.Flash();

        Esp32Exception error = Assert.ThrowsAny<Esp32Exception>(() => bench.Write(images, options with { Allow = others }));
        Assert.Equal((code, true), (error.Code, error.IsLiftable));
        Assert.True(bench.Flash().AsSpan().SequenceEqual(before));

        IReadOnlyList<FlashWriteResult> results = bench.Write(images, options with { Allow = [code] });
        Assert.Equal(images.Length, results.Count);
        Assert.All(images.Zip(results), pair => Assert.Equal(pair.Second.Verified, pair.Second.UnverifiedReason is null));
        Assert.True(code is ErrorCode.ImagesOverlap or ErrorCode.FlashSizeClaim || images.All(bench.Holds));
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Two_at_once_have_to_be_lifted_both(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        FlashImage foreign = JobThatMeets(ErrorCode.ImageForOtherChip, bench).Images[0] with { Address = s_good.Address };
        FlashImage[] images = [s_good, foreign];

        Assert.Equal(ErrorCode.ImagesOverlap, Code(bench, images, ErrorCode.ImageForOtherChip));
        Assert.Equal(ErrorCode.ImageForOtherChip, Code(bench, images, ErrorCode.ImagesOverlap));
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Image_that_was_written_over_is_not_called_verified(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        FlashImage lower = new("lower", 0x20_0000, HostFirmware.Noise(0x3000, 1));
        FlashImage upper = new("upper", 0x20_2000, HostFirmware.Noise(0x3000, 2));
        FlashImage beside = new("beside", 0x20_5800, HostFirmware.Noise(0x800, 3));

        IReadOnlyList<FlashWriteResult> results = bench.Write([beside, upper, lower], new() { Allow = [ErrorCode.ImagesOverlap] });

        Assert.Equal(["lower", "upper", "beside"], results.Select(result => result.Name));
        Assert.Equal([false, true, true], results.Select(result => result.Verified));
        Assert.Contains("upper", results[0].UnverifiedReason);
        Assert.True(bench.Holds(upper) && bench.Holds(beside));
        Assert.Equal(lower.Data[..0x2000], bench.Board.ReadFlash(lower.Address, 0x2000));
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Flash_that_is_larger_than_its_id_says_is_written_beyond_it(string chip, LoaderKind loader)
    {
        // An id with a capacity that nobody knows: 4 MB are assumed.
        using var bench = new HostBench(chip, loader, options => options with { Flash = new FlashPart { Size = 8 << 20 } });
        FlashImage high = s_good with { Address = 0x7F_0000 };
        using Esp32Device device = bench.Connect();
        device.PrepareFlash(4 << 20, default);
        Assert.True(FlashWriter.Write(device, [high], new() { Allow = [ErrorCode.BeyondFlash] }, null, default).Single().Verified);
        Assert.Equal(high.Data, bench.Board.ReadFlash(high.Address, high.Data.Length));
    }

    [Fact]
    public void Code_that_is_no_refusal_is_refused()
    {
        using var bench = new HostBench("esp32");
        Assert.Equal(ErrorCode.ValueInvalid, Code(bench, [s_good], ErrorCode.ImageEmpty));
    }

    [Fact]
    public void List_for_another_chip_is_refused_even_when_no_header_says_so()
    {
        using var bench = new HostBench("esp32");
        var options = new FlashWriteOptions { Chip = ChipCatalog.Find("esp32c3") };
        Esp32Exception error = Assert.ThrowsAny<Esp32Exception>(() => bench.Write([s_good], options));
        Assert.Equal((ErrorCode.ImageForOtherChip, true), (error.Code, error.IsLiftable));
        Assert.True(bench.Write([s_good], options with { Allow = [ErrorCode.ImageForOtherChip] }).Single().Verified);
    }

    private static (FlashImage[] Images, FlashWriteOptions Options) JobThatMeets(ErrorCode code, HostBench bench)
    {
        FlashImage app = HostFirmware.For(bench.Chip)[2] with { Address = 0x10_0000 };
        FlashWriteOptions plain = new();
        switch (code)
        {
            case ErrorCode.ImageForOtherChip:
                return ([HostFirmware.For(ChipCatalog.All.First(chip => chip != bench.Chip))[2] with { Address = 0x10_0000 }], plain);
            case ErrorCode.ImageRevision:
                return ([Changed(app, image =>
                {
                    // Lowest revision 9.0: header bytes 15 and 16.
                    BitConverter.TryWriteBytes(image.AsSpan(15), (ushort)900);
                    SHA256.HashData(image.AsSpan(0, image.Length - 32)).CopyTo(image, image.Length - 32);
                })], plain);
            case ErrorCode.ImageTruncated:
                return ([app with { Data = app.Data[..^40] }], plain);
            case ErrorCode.ImageInvalid:
                return ([Changed(app, image => image[5000] ^= 1)], plain);
            case ErrorCode.ImagesOverlap:
                return ([s_good, s_good with { Name = "again", Address = s_good.Address + 50 }], plain);
            case ErrorCode.BeyondFlash:
                return ([s_good with { Address = 0x3F_FFF0, Data = [.. Enumerable.Repeat((byte)7, 16), .. Enumerable.Repeat((byte)0xFF, 16)] }], plain);
            case ErrorCode.FlashSizeClaim:
                return ([HostFirmware.For(bench.Chip)[0]], plain with { FlashSize = "16MB" });
            case ErrorCode.FlashEncrypted:
                bench.Burn(bench.Chip.Place(EfuseRole.EncryptionCount), 1);
                return ([s_good], plain);
            case ErrorCode.SecureBootProtected:
                bench.Burn(bench.Chip.Place(EfuseRole.SecureBootEnable), 1);
                return ([HostFirmware.For(bench.Chip)[0]], plain);
            default:
                throw new ArgumentOutOfRangeException(nameof(code));
        }
    }

    private static FlashImage Changed(FlashImage image, Action<byte[]> change)
    {
        byte[] data = (byte[])image.Data.Clone();
        change(data);
        return image with { Data = data };
    }

    private static ErrorCode Code(HostBench bench, FlashImage[] images, params ErrorCode[] allow) =>
        Assert.ThrowsAny<Esp32Exception>(() => bench.Write(images, new() { Allow = allow })).Code;
}
