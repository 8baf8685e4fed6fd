using System;
using System.Threading;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Chips;

/// <summary>A board that takes its time, in virtual time: the figures are exact, and no test waits.</summary>
public sealed class TimingTests
{
    private static readonly byte[] s_data = RandomBytes(0x4000);

    [Theory]
    [InlineData(115200)]
    [InlineData(921600)]
    [InlineData(2000000)]
    public void Bytes_take_ten_bits_each_both_ways(int rate)
    {
        using WireHost host = InStub(new SimulatorTiming(), rate);
        TimeSpan before = host.Port.Clock.Now;
        byte[] frame = WireHost.Frame(WireHost.Request(0x0A, 0x4000_1000));
        host.SendRaw(frame);
        ReadExactly(host, 12);
        double bits = (frame.Length + 12) * 10;
        Assert.Equal(bits / rate, (host.Port.Clock.Now - before).TotalSeconds, 1e-6);
    }

    [Fact]
    public void Bridge_adds_its_latency()
    {
        var latency = TimeSpan.FromMilliseconds(16);
        using WireHost host = InStub(new SimulatorTiming { UsbLatency = latency }, 2000000);
        TimeSpan before = host.Port.Clock.Now;
        byte[] frame = WireHost.Frame(WireHost.Request(0x0A, 0x4000_1000));
        host.SendRaw(frame);
        ReadExactly(host, 12);
        Assert.Equal(((frame.Length + 12) * 10 / 2e6) + latency.TotalSeconds, (host.Port.Clock.Now - before).TotalSeconds, 1e-6);
    }

    [Fact]
    public void Stub_receives_a_block_while_it_writes_the_one_before()
    {
        // 16 KB: 4 sectors of 45 ms and 64 pages of 0.4 ms to write, 82 ms to send at 2 Mbaud.
        using WireHost host = InStub(new SimulatorTiming(), 2000000, new byte[0x4_0000]);
        TimeSpan before = host.Port.Clock.Now;
        Ask(host, WireHost.Request(0x02, 8 * 0x4000, 8, 0x4000, 0), 12);
        for (uint block = 0; block < 8; block++)
        {
            Ask(host, WireHost.Block(0x03, block, s_data), 12);
        }

        Ask(host, WireHost.Request(0x04, 1), 12);
        double work = 8 * ((4 * 0.045) + (64 * 0.0004));
        Assert.InRange((host.Port.Clock.Now - before).TotalSeconds, work, work + 0.085);
    }

    [Fact]
    public void Blank_sectors_are_not_erased_by_the_stub()
    {
        using WireHost host = InStub(new SimulatorTiming(), 2000000);
        TimeSpan before = host.Port.Clock.Now;
        Ask(host, WireHost.Request(0x02, 8 * 0x4000, 8, 0x4000, 0), 12);
        int wire = 0;
        for (uint block = 0; block < 8; block++)
        {
            byte[] request = WireHost.Block(0x03, block, s_data);
            wire += WireHost.Frame(request).Length;
            Ask(host, request, 12);
        }

        Ask(host, WireHost.Request(0x04, 1), 12);
        double least = wire * 10 / 2e6;
        Assert.InRange((host.Port.Clock.Now - before).TotalSeconds, least, least + 0.035);
    }

    [Fact]
    public void Erase_of_the_whole_part_takes_as_long_as_the_part_says()
    {
        using WireHost host = InStub(new SimulatorTiming(), 921600);
        TimeSpan before = host.Port.Clock.Now;
        Ask(host, WireHost.Request(0xD0), 12);
        Assert.InRange((host.Port.Clock.Now - before).TotalSeconds, 10, 10.001);
    }

    [Fact]
    public void Writer_is_held_back_once_the_buffer_is_full()
    {
        using WireHost host = InStub(new SimulatorTiming(), 115200);
        TimeSpan before = host.Port.Clock.Now;
        host.SendRaw(new byte[4096 + 11520]);
        Assert.Equal(1, (host.Port.Clock.Now - before).TotalSeconds, 1e-3);
    }

    [Fact]
    public void Rate_changes_only_behind_what_was_written()
    {
        using WireHost host = InStub(new SimulatorTiming(), 115200);
        TimeSpan before = host.Port.Clock.Now;
        host.SendRaw(new byte[1152]);
        host.Port.SetBaudRate(921600, CancellationToken.None);
        Assert.Equal(0.1, (host.Port.Clock.Now - before).TotalSeconds, 1e-6);
    }

    [Fact]
    public void Reset_ends_work_that_was_under_way()
    {
        using WireHost host = InStub(new SimulatorTiming(), 921600);
        host.Send(WireHost.Request(0xD0));
        host.Port.Clock.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
        host.Port.SetModemLines(false, true, CancellationToken.None);
        host.Port.Clock.Delay(TimeSpan.FromMilliseconds(100), CancellationToken.None);
        host.Port.SetModemLines(false, false, CancellationToken.None);
        host.Port.SetBaudRate(115200, CancellationToken.None);
        host.Receive();
        host.Sync();
        Assert.Equal(0x00F0_1D83u, host.ReadRegister(0x4000_1000));
    }

    private static WireHost InStub(SimulatorTiming timing, int rate, byte[]? flash = null)
    {
        Esp32Simulator board = Boards.InLoader("esp32", new SimulatorOptions { Chip = "esp32", Timing = timing, Clock = new VirtualClock() });
        board.LoadFlash(0, flash ?? []);
        WireHost host = Boards.InStub(board);
        host.Ask(0x0F, (uint)rate, 115200);
        host.Port.SetBaudRate(rate, CancellationToken.None);
        return host;
    }

    private static void Ask(WireHost host, byte[] request, int replyLength)
    {
        host.Send(request);
        ReadExactly(host, replyLength);
    }

    private static void ReadExactly(WireHost host, int count)
    {
        byte[] buffer = new byte[count];
        for (int got = 0; got < count;)
        {
            int read = host.Port.Read(buffer, got, count - got, TimeSpan.FromSeconds(60), CancellationToken.None);
            Assert.NotEqual(0, read);
            got += read;
        }
    }

    private static byte[] RandomBytes(int count)
    {
        byte[] data = new byte[count];
        new Random(5).NextBytes(data);
        return data;
    }
}
