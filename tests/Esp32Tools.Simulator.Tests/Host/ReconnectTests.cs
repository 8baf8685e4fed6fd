using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Simulator.Faults;
using Esp32Tools.Simulator.Tests.Chips;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>A connection that is lost in the middle is made anew, and the work goes on where it was.</summary>
public sealed class ReconnectTests
{
    private static readonly byte[] s_noise = HostFirmware.Noise(1 << 20, 7);
    private static readonly FlashImage s_image = new("app", 0x2_0000, s_noise);

    public static TheoryData<string, LoaderKind, string> Losses
    {
        get
        {
            // At about half of the image, by what is sent to the chip.
            string[] faults = ["unplug@tochip:600000=replug", "brownout@tochip:600000", "brownout@write:40"];
            TheoryData<string, LoaderKind, string> cases = [];
            foreach (object[] row in (IEnumerable<object[]>)HostMatrix.All)
            {
                foreach (string fault in faults)
                {
                    cases.Add((string)row[0], (LoaderKind)row[1], fault);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Write_goes_on_behind_what_is_certain_and_the_session_goes_on_after_it(string chip, LoaderKind loader, string fault)
    {
        using HostBench bench = Bench(chip, loader);
        using Esp32Device device = bench.Connect();
        string mac = device.ReadIdentity(CancellationToken.None).Mac;
        bench.Board.Arm(FaultPlan.Parse(fault));

        FlashWriteResult result = Assert.Single(FlashWriter.Write(device, [s_image], new(), null, CancellationToken.None));

        Assert.True(result.Verified && bench.Holds(s_image));
        Assert.Equal(1, result.Reconnects);
        Assert.InRange(result.BytesSent, s_noise.Length, s_noise.Length * 6 / 5);
        Assert.Equal(loader == LoaderKind.Stub, device.IsStub);
        Assert.Equal(mac, device.ReadIdentity(CancellationToken.None).Mac);
        Assert.Equal(s_noise[..100], FlashReader.Read(device, s_image.Address, 100, null, CancellationToken.None));
        device.Close(LeaveMode.HardReset, CancellationToken.None);
        Assert.Equal(nameof(BoardState.Application), bench.Board.State);
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Every_loss_is_counted_and_there_is_a_bound(string chip, LoaderKind loader)
    {
        const string Often = "brownout@tochip:300000*";
        using HostBench bench = Bench(chip, loader);
        bench.Board.Arm(FaultPlan.Parse(Often));
        FlashWriteResult result = Assert.Single(bench.Write([s_image], new() { MaxReconnects = 20 }));
        Assert.True(result.Verified && bench.Holds(s_image));
        Assert.InRange(result.Reconnects, 3, 20);

        using HostBench second = Bench(chip, loader);
        second.Board.Arm(FaultPlan.Parse(Often));
        Esp32Exception error = Assert.ThrowsAny<Esp32Exception>(() => second.Write([s_image], new() { MaxReconnects = 1 }));
        Assert.True(error.Code is ErrorCode.ReplyTimeout or ErrorCode.GarbledAnswer, $"{error.Code}");
        Assert.NotEmpty(error.Advice);
        Assert.False(second.Board.IsOpen);
    }

    [Fact]
    public void Without_leave_to_reconnect_the_loss_is_told()
    {
        using HostBench bench = Bench("esp32", LoaderKind.Stub);
        bench.Board.Arm(FaultPlan.Parse("unplug@tochip:600000=replug"));

        Esp32Exception error = Assert.ThrowsAny<Esp32Exception>(() => bench.Write([s_image], new() { MaxReconnects = 0 }));

        Assert.Equal(ErrorCode.PortLost, error.Code);
    }

    [Fact]
    public void Port_that_does_not_come_back_is_told_as_lost_and_is_free()
    {
        using HostBench bench = Bench("esp32c3", LoaderKind.Stub);
        bench.Board.Arm(FaultPlan.Parse("unplug@tochip:600000"));

        Esp32Exception error = Assert.ThrowsAny<Esp32Exception>(() => bench.Write([s_image]));

        Assert.Equal(ErrorCode.PortLost, error.Code);
        Assert.False(bench.Board.IsOpen);
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Another_board_in_its_place_is_not_written(string chip, LoaderKind loader)
    {
        using HostBench bench = Bench(chip, loader);
        using HostBench other = Bench(chip, loader);
        other.Board.Efuse.Fuses[chip == "esp32" ? 0 : 1][chip == "esp32" ? 5 : 1] ^= 0x40;
        other.Board.PowerCycle();
        var port = new SwappedTransport(bench.Board.Open(), other.Board.Open());
        using Esp32Device device = DeviceConnector.Connect(port, bench.Options, CancellationToken.None);
        bench.Board.Arm(FaultPlan.Parse("unplug@tochip:600000=replug"));
        byte[] before = other.Flash();

        Esp32Exception error = Assert.ThrowsAny<Esp32Exception>(
            () => FlashWriter.Write(device, [s_image], new(), null, CancellationToken.None));

        Assert.Equal(ErrorCode.ChipMismatch, error.Code);
        Assert.True(other.Flash().AsSpan().SequenceEqual(before));
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Read_erase_and_verify_survive_a_loss(string chip, LoaderKind loader)
    {
        using HostBench bench = Bench(chip, loader);
        bench.Board.LoadFlash(0x2_0000, s_noise);
        using Esp32Device device = bench.Connect();
        device.OpenFlash(CancellationToken.None);
        int length = loader == LoaderKind.Stub ? s_noise.Length : 0x4000;

        bench.Board.Arm(FaultPlan.Parse($"unplug@tohost:{length / 2}=replug"));
        byte[] read = FlashReader.Read(device, 0x2_0000, length, null, CancellationToken.None);
        Assert.True(read.AsSpan().SequenceEqual(s_noise.AsSpan(0, length)));

        bench.Board.Arm(FaultPlan.Parse("unplug@tochip:3=replug"));
        FlashImage image = s_image with { Data = s_noise };
        Assert.True(FlashVerifier.Test(device, image, null, CancellationToken.None).IsEqual);

        bench.Board.Arm(FaultPlan.Parse("brownout@tochip:3"));
        Assert.Equal(16, FlashVerifier.Hash(device, 0x2_0000, 0x1000, CancellationToken.None).Hash.Length / 2);

        bench.Board.Arm(FaultPlan.Parse($"brownout@tochip:{(loader == LoaderKind.Stub ? 100 : 200)}"));
        FlashEraser.EraseRange(device, 0x1_0000, 0x20_0000, [], null, CancellationToken.None);
        Assert.DoesNotContain(bench.Board.ReadFlash(0x1_0000, 0x20_0000), value => value != 0xFF);
    }

    [Theory]
    [MemberData(nameof(HostMatrix.All), MemberType = typeof(HostMatrix))]
    public void Read_goes_on_at_the_byte_that_it_had_reached(string chip, LoaderKind loader)
    {
        using HostBench bench = Bench(chip, loader);
        bench.Board.LoadFlash(0x2_0000, s_noise);
        using Esp32Device device = bench.Connect();
        device.OpenFlash(CancellationToken.None);
        int length = loader == LoaderKind.Stub ? s_noise.Length : 0x4000;
        bench.Board.Arm(FaultPlan.Parse($"unplug@tohost:{length * 3 / 4}=replug"));
        List<long> done = [];

        byte[] read = FlashReader.Read(device, 0x2_0000, length, step => done.Add(step.Done), CancellationToken.None);

        Assert.True(read.AsSpan().SequenceEqual(s_noise.AsSpan(0, length)));
        Assert.All(done.Zip(done.Skip(1)), pair => Assert.True(pair.Second >= pair.First, $"{pair}"));
    }

    private static HostBench Bench(string chip, LoaderKind loader) =>
        new(chip, loader, options => options with { Clock = new VirtualClock() });
}
