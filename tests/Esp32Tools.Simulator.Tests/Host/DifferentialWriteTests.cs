using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Simulator.Faults;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>Only what changed is written, and what is there afterwards is the image all the same.</summary>
public sealed class DifferentialWriteTests
{
    private const uint Address = 0x2_0000;
    private const int Sector = 0x1000;
    private static readonly byte[] s_old = HostFirmware.Noise((300 * Sector) + 123, 1);

    public static TheoryData<string, LoaderKind, bool> Ways
    {
        get
        {
            TheoryData<string, LoaderKind, bool> ways = [];
            foreach (object[] row in (IEnumerable<object[]>)HostMatrix.All)
            {
                ways.Add((string)row[0], (LoaderKind)row[1], true);
                ways.Add((string)row[0], (LoaderKind)row[1], false);
            }

            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Changed_sectors_alone_are_written(string chip, LoaderKind loader, bool knowsPrevious)
    {
        foreach (int[] changed in new int[][] { [0], [299], [300], [0, 1, 2, 7, 150, 299, 300] })
        {
            using HostBench bench = Holding(chip, loader, s_old);
            FlashImage image = Changed(changed);

            FlashWriteResult result = Assert.Single(bench.Write([image], Options(knowsPrevious)));

            Assert.True(bench.Holds(image) && result.Verified);
            Assert.Equal(knowsPrevious ? nameof(FlashWriteMethod.ChangedSincePrevious) : nameof(FlashWriteMethod.ChangedByDigest), result.Method);
            Assert.Equal(changed.Length, result.SectorsWritten);
            Assert.Equal(changed.Sum(sector => sector == 300 ? 123 : Sector), result.BytesWritten);
            Assert.InRange(result.BytesSent, 1, (changed.Length + 1) * (Sector + 64));
            Assert.Null(result.MethodNote);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Nothing_is_written_where_nothing_changed(string chip, LoaderKind loader, bool knowsPrevious)
    {
        using HostBench bench = Holding(chip, loader, s_old);

        FlashWriteResult result = Assert.Single(bench.Write([Changed()], Options(knowsPrevious)));

        Assert.True(result.Verified && result.Skipped);
        Assert.Equal((nameof(FlashWriteMethod.None), 0, 0, 0), (result.Method, result.BytesSent, result.BytesWritten, result.SectorsWritten));
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Image_that_grew_is_written_where_it_grew(string chip, LoaderKind loader)
    {
        byte[] longer = [.. s_old, .. HostFirmware.Noise(3 * Sector, 9)];
        foreach (bool knowsPrevious in new[] { true, false })
        {
            using HostBench bench = Holding(chip, loader, s_old);
            var image = new FlashImage("longer", Address, longer);

            FlashWriteResult result = Assert.Single(bench.Write([image], Options(knowsPrevious)));

            Assert.True(bench.Holds(image) && result.Verified);
            Assert.Equal(4, result.SectorsWritten);
        }
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void All_is_written_when_the_flash_does_not_hold_the_previous_image(string chip, LoaderKind loader)
    {
        byte[] other = (byte[])s_old.Clone();
        other[77 * Sector] ^= 1;
        using HostBench bench = Holding(chip, loader, other);
        FlashImage image = Changed(5);

        FlashWriteResult result = Assert.Single(bench.Write([image], Options(knowsPrevious: true)));

        Assert.True(bench.Holds(image) && result.Verified);
        Assert.Equal(nameof(FlashWriteMethod.Full), result.Method);
        Assert.NotNull(result.MethodNote);
        Assert.Equal(1 + 301, result.SectorsWritten);
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Digests_are_asked_for_where_the_previous_image_was_elsewhere_or_says_nothing(string chip, LoaderKind loader)
    {
        FlashImage image = Changed(5, 6);
        foreach (FlashImage previous in new[] { image with { Address = 0x20_0000 }, image with { Name = "the same" } })
        {
            using HostBench bench = Holding(chip, loader, s_old);

            FlashWriteResult result = Assert.Single(bench.Write([image], new() { Differential = true, Previous = [previous] }));

            Assert.True(bench.Holds(image) && result.Verified);
            Assert.Equal((nameof(FlashWriteMethod.ChangedByDigest), 2), (result.Method, result.SectorsWritten));
        }
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Wrong_digest_on_the_way_costs_time_and_nothing_else(string chip, LoaderKind loader)
    {
        FlashImage image = Changed(5, 6, 250);
        for (int at = 1; at <= 12; at++)
        {
            using HostBench bench = Holding(chip, loader, s_old);
            bench.Board.Arm(new FaultPlan(new Fault { Kind = FaultKind.WrongDigest, Place = FaultPlace.Digest, At = at }));

            FlashWriteResult result = Assert.Single(bench.Write([image], Options(knowsPrevious: false)));

            Assert.True(bench.Holds(image) && result.Verified, $"digest {at}");
        }
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void What_stands_in_front_of_an_image_inside_a_sector_is_kept(string chip, LoaderKind loader)
    {
        byte[] flash = HostFirmware.Noise(4 << 20, 4);
        using var bench = new HostBench(chip, loader);
        bench.Board.LoadFlash(0, flash);
        byte[] data = flash[0x2_0123..0x5_0000];
        data[5] ^= 1;
        data[0x1_5000] ^= 1;
        var image = new FlashImage("inside", 0x2_0123, data);

        FlashWriteResult result = Assert.Single(bench.Write([image], new() { Differential = true }));

        Assert.Equal((nameof(FlashWriteMethod.ChangedByDigest), 2), (result.Method, result.SectorsWritten));
        data.CopyTo(flash, 0x2_0123);
        Assert.True(bench.Flash().AsSpan().SequenceEqual(flash));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Hundredth_of_an_application_takes_a_twentieth_of_the_time_and_nothing_next_to_none(bool knowsPrevious)
    {
        // In the time of the board, whose bytes and cells take as long as real ones: 4 MB at 921600 baud.
        using var bench = new HostBench("esp32", LoaderKind.Stub, options => options with
        {
            Clock = new VirtualClock(),
            Timing = new SimulatorTiming(),
            Flash = new() { Size = 8 << 20 },
        });
        byte[] old = HostFirmware.Noise(4 << 20, 1);
        byte[] changed = (byte[])old.Clone();
        for (int sector = 3; sector < 1024; sector += 100)
        {
            changed[(sector * Sector) + 100] ^= 1;
        }

        using Esp32Device device = bench.Connect(bench.Options with { BaudRate = 921600 });
        bench.Board.LoadFlash(Address, HostFirmware.Noise(4 << 20, 2));
        TimeSpan full = Time(old, new());
        TimeSpan part = Time(changed, Options(knowsPrevious) with { Previous = knowsPrevious ? [new("old", Address, old)] : [] });
        TimeSpan none = Time(changed, Options(knowsPrevious: false));

        Assert.InRange(part, TimeSpan.Zero, (full * 0.05) + TimeSpan.FromSeconds(1));
        Assert.InRange(none, TimeSpan.Zero, TimeSpan.FromSeconds(1));

        TimeSpan Time(byte[] data, FlashWriteOptions options)
        {
            TimeSpan start = device.GetTransport().Clock.Now;
            Assert.True(FlashWriter.Write(device, [new("app", Address, data)], options, null, default).Single().Verified);
            return device.GetTransport().Clock.Now - start;
        }
    }

    [Fact]
    public void Contradictory_options_are_refused()
    {
        using var bench = new HostBench("esp32");
        foreach (FlashWriteOptions options in new FlashWriteOptions[] { new() { EraseAll = true }, new() { Verify = false } })
        {
            Esp32Exception error = Assert.ThrowsAny<Esp32Exception>(() => bench.Write([Changed(1)], options with { Differential = true }));
            Assert.Equal(ErrorCode.ValueInvalid, error.Code);
        }
    }

    private static FlashWriteOptions Options(bool knowsPrevious) => new()
    {
        Differential = true,
        Previous = knowsPrevious ? [new FlashImage("old", Address, s_old)] : [],
    };

    private static FlashImage Changed(params int[] sectors)
    {
        byte[] data = (byte[])s_old.Clone();
        foreach (int sector in sectors)
        {
            data[(sector * Sector) + 7] ^= 0x10;
        }

        return new FlashImage("app", Address, data);
    }

    private static HostBench Holding(string chip, LoaderKind loader, byte[] data)
    {
        var bench = new HostBench(chip, loader);
        bench.Board.LoadFlash(Address, data);
        return bench;
    }
}
