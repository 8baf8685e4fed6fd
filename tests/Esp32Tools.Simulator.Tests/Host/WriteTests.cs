using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

public sealed class WriteTests
{
    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Firmware_is_written_and_verified_and_the_second_time_skipped(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        bench.Board.LoadFlash(0, HostFirmware.Noise(4 << 20, 1));
        IReadOnlyList<FlashImage> images = HostFirmware.For(bench.Chip);

        IReadOnlyList<FlashWriteResult> first = bench.Write(images);
        IReadOnlyList<FlashWriteResult> second = bench.Write(images);

        Assert.All(images, image => Assert.True(bench.Holds(image), image.Name));
        Assert.All(first, result => Assert.True(result.Verified && !result.Skipped && result.Retries == 0, result.ToString()));
        Assert.All(first, result => Assert.InRange(result.BytesSent, 1, result.Length - 1));
        Assert.All(second, result => Assert.True(result.Verified && result.Skipped && result.BytesSent == 0, result.ToString()));
        Assert.Equal(images.Select(image => image.Name), first.Select(result => result.Name));
        Assert.Equal(images.Select(image => Convert.ToHexStringLower(MD5.HashData(image.Data))), first.Select(result => result.Md5));
        Assert.Equal(nameof(BoardState.Application), bench.Board.State);
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Firmware_is_written_plainly_when_asked(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        bench.Board.LoadFlash(0, HostFirmware.Noise(4 << 20, 1));
        IReadOnlyList<FlashImage> images = HostFirmware.For(bench.Chip);

        IReadOnlyList<FlashWriteResult> results = bench.Write(images, new() { Compress = false });

        Assert.All(images, image => Assert.True(bench.Holds(image), image.Name));
        Assert.All(results, result => Assert.True(result.Verified && result.BytesSent >= result.Length, result.ToString()));
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Write_at_any_address_and_of_any_length_leaves_what_is_in_front_and_the_other_sectors(string chip, LoaderKind loader)
    {
        byte[] old = HostFirmware.Noise(4 << 20, 1);
        (uint Address, int Length)[] places = [(0x2_0004, 5000), (0x2_0123, 1), (0x2_0FFF, 2), (0x2_1000, 4097), (0x3F_EFFD, 0x1003), (0, 3)];
        foreach ((uint address, int length) in places)
        {
            foreach (bool compress in new[] { true, false })
            {
                using var bench = new HostBench(chip, loader);
                bench.Board.LoadFlash(0, old);
                var image = new FlashImage("noise", address, HostFirmware.Noise(length, 2));

                FlashWriteResult result = Assert.Single(bench.Write([image], new() { Compress = compress, Allow = [ErrorCode.NotAnImage] }));

                Assert.True(result.Verified, $"{image}, compress {compress}");
                byte[] flash = bench.Flash();
                int end = (int)address + length;
                int sectorEnd = (end + 0xFFF) / 0x1000 * 0x1000;
                Assert.True(flash.AsSpan(0, (int)address).SequenceEqual(old.AsSpan(0, (int)address)), $"in front of {image}");
                Assert.True(bench.Holds(image), $"{image}");
                Assert.True(flash.AsSpan(sectorEnd).SequenceEqual(old.AsSpan(sectorEnd)), $"behind {image}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Erasing_all_first_leaves_nothing_but_the_image(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        bench.Board.LoadFlash(0, HostFirmware.Noise(4 << 20, 1));
        var image = new FlashImage("noise", 0x30_0000, HostFirmware.Noise(70_000, 2));

        FlashWriteResult result = Assert.Single(bench.Write([image], new() { EraseAll = true }));

        Assert.True(result.Verified && !result.Skipped && bench.Holds(image));
        byte[] flash = bench.Flash();
        Array.Fill(flash, (byte)0xFF, 0x30_0000, 70_000);
        Assert.DoesNotContain(flash, value => value != 0xFF);
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Nothing_is_called_verified_when_nobody_asked_the_chip(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        var image = new FlashImage("noise", 0x2_0000, HostFirmware.Noise(5000, 2));

        FlashWriteResult result = Assert.Single(bench.Write([image], new() { Verify = false, SkipEqual = false }));

        Assert.False(result.Verified);
        Assert.True(bench.Holds(image));
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Header_patch_changes_two_bytes_and_the_digest(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        FlashImage bootloader = HostFirmware.For(bench.Chip)[0];
        string slow = bench.Chip.Image.FlashFrequencies.OrderBy(pair => pair.Value).Last().Key;

        FlashWriteResult result = Assert.Single(bench.Write(
            [bootloader], new() { FlashMode = "qio", FlashFrequency = slow, FlashSize = "2MB" }));

        byte[] written = bench.Board.ReadFlash(bootloader.Address, bootloader.Data.Length);
        Assert.True(result.Verified);
        Assert.Null(result.HeaderNote);
        Assert.Equal(bench.Chip.Image.FlashModes["qio"], written[2]);
        Assert.Equal((bench.Chip.Image.FlashSizes["2MB"] << 4) | bench.Chip.Image.FlashFrequencies[slow], written[3]);
        int[] changed = [.. Enumerable.Range(0, written.Length).Where(i => written[i] != bootloader.Data[i])];
        Assert.All(changed, i => Assert.True(i is 2 or 3 || i >= written.Length - 32, $"byte {i} changed"));
        Assert.Equal(SHA256.HashData(written.AsSpan(0, written.Length - 32)), written[^32..]);
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Detected_size_goes_into_the_header_of_the_bootloader_alone(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader, options => options with { Flash = new() { Size = 8 << 20 } });
        IReadOnlyList<FlashImage> images = HostFirmware.For(bench.Chip);

        bench.Write(images, new() { DetectFlashSize = true });

        byte before = images[0].Data[3];
        byte after = bench.Board.ReadFlash(images[0].Address + 3, 1)[0];
        Assert.Equal(bench.Chip.Image.FlashSizes["8MB"], after >> 4);
        Assert.Equal(before & 0xF, after & 0xF);
        Assert.True(bench.Holds(images[1]) && bench.Holds(images[2]));
    }
}
