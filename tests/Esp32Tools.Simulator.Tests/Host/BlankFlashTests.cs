using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Flash;
using Esp32Tools.Simulator.Flash;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>Into blank flash, the blank parts of an image are not sent.</summary>
public sealed class BlankFlashTests
{
    private const int MB = 1 << 20;

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void After_an_erase_blank_parts_are_left_out_and_the_digest_covers_them(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        bench.Board.LoadFlash(0, HostFirmware.Noise(4 * MB, 1));
        FlashImage image = Merged(2 * MB);

        FlashWriteResult result = Assert.Single(bench.Write([image], new() { EraseAll = true }));

        Assert.True(result.Verified && bench.Holds(image));
        Assert.Equal((nameof(FlashWriteMethod.WithoutBlanks), 0x2_8000), (result.Method, result.BytesWritten));
        Assert.InRange(result.BytesSent, 1, 0x2_8000 + 1000);
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Chip_that_comes_blank_is_told_by_its_digest(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        FlashImage image = Merged(2 * MB);
        bench.Board.LoadFlash(image.Address + (uint)image.Data.Length, [1, 2, 3]);

        FlashWriteResult result = Assert.Single(bench.Write([image]));

        Assert.True(result.Verified && bench.Holds(image));
        Assert.Equal((nameof(FlashWriteMethod.WithoutBlanks), 0x2_8000), (result.Method, result.BytesWritten));
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Chip_that_is_not_blank_is_written_in_full(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        FlashImage image = Merged(2 * MB);
        bench.Board.LoadFlash(image.Address + MB, [0xFE]);

        FlashWriteResult result = Assert.Single(bench.Write([image]));

        Assert.True(result.Verified && bench.Holds(image));
        Assert.Equal((nameof(FlashWriteMethod.Full), image.Data.Length), (result.Method, result.BytesWritten));
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Blank_image_needs_no_byte(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        bench.Board.LoadFlash(0x10_0000, [1]);
        var image = new FlashImage("blank", 0x10_0000, [.. Enumerable.Repeat((byte)0xFF, 100_000)]);

        FlashWriteResult result = Assert.Single(bench.Write([image], new() { EraseAll = true }));

        Assert.True(result.Verified && bench.Holds(image));
        Assert.Equal((0, 0), (result.BytesSent, result.BytesWritten));
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Blanks_are_sent_after_all_when_the_chip_did_not_erase(string chip, LoaderKind loader)
    {
        using var bench = new HostBench(chip, loader);
        FlashImage image = Merged(2 * MB);
        using Esp32Device device = bench.Connect();
        FlashWritePlan plan = FlashWriter.Plan(device, [image], new() { EraseAll = true }, CancellationToken.None);
        bool spoiled = false;

        // A cell that did not take the erase: written behind the back of the loader once the image is on its way.
        void Spoil(OperationProgress progress)
        {
            if (progress.Operation.StartsWith("Writing", StringComparison.Ordinal) && !spoiled)
            {
                spoiled = true;
                bench.Board.LoadFlash(image.Address + MB, [0x00]);
            }
        }

        FlashWriteResult result = FlashWriter.Write(device, plan, Spoil, CancellationToken.None).Single();

        Assert.True(spoiled && result.Verified && bench.Holds(image));
        Assert.Equal(nameof(FlashWriteMethod.Full), result.Method);
        Assert.NotNull(result.MethodNote);
    }

    [Fact]
    public void Merged_image_for_16_MB_takes_as_long_as_what_is_in_it()
    {
        byte[] merged = [.. Enumerable.Repeat((byte)0xFF, 16 * MB)];
        byte[] noise = HostFirmware.Noise(6 * MB, 3);
        Array.Copy(noise, 0, merged, 0, 2 * MB);
        Array.Copy(noise, 2 * MB, merged, 8 * MB, 4 * MB);
        FlashImage[] parts = [new("low", 0, noise[..(2 * MB)]), new("high", 8 * MB, noise[(2 * MB)..])];

        TimeSpan apart = Time([.. parts]);
        TimeSpan together = Time([new("merged", 0, merged)]);

        Assert.InRange(together / apart, 0.9, 1.05);

        static TimeSpan Time(IReadOnlyList<FlashImage> images)
        {
            using var bench = new HostBench("esp32", LoaderKind.Stub, options => options with
            {
                Clock = new VirtualClock(),
                Timing = new SimulatorTiming(),
                Flash = new FlashPart { Size = 16 * MB },
            });
            using Esp32Device device = bench.Connect(bench.Options with { BaudRate = 921600 });
            TimeSpan start = device.GetTransport().Clock.Now;
            Assert.All(FlashWriter.Write(device, images, new(), null, CancellationToken.None), result => Assert.True(result.Verified));
            return device.GetTransport().Clock.Now - start;
        }
    }

    // Data at its beginning and at its end, and nothing between.
    private static FlashImage Merged(int length)
    {
        byte[] data = [.. Enumerable.Repeat((byte)0xFF, length)];
        HostFirmware.Noise(0x1_8000, 5).CopyTo(data, 0);
        HostFirmware.Noise(0x1_0000, 6).CopyTo(data, length - 0x1_0000);
        return new FlashImage("merged", 0x1_0000, data);
    }
}
