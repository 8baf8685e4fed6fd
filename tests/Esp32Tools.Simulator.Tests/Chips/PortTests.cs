using System;
using System.Linq;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Chips;

public sealed class PortTests
{
    [Fact]
    public void Second_opener_is_told_who_is_in_the_way()
    {
        var board = new Esp32Simulator(new SimulatorOptions { Chip = "esp32", Name = "bench-3" });
        ISerialTransport first = board.Open();
        TransportException refused = Assert.Throws<TransportException>(() => board.Open());
        Assert.Equal(ErrorCode.PortInUse, refused.Code);
        Assert.Contains("virtual:bench-3", refused.Message, StringComparison.Ordinal);
        first.Dispose();
        board.Open().Dispose();
    }

    [Fact]
    public void Wait_for_a_silent_chip_passes_in_the_board_s_own_time()
    {
        using ISerialTransport port = new Esp32Simulator(new SimulatorOptions { Chip = "esp32" }).Open();
        TimeSpan before = port.Clock.Now;
        Assert.Equal(0, port.Read(new byte[1], 0, 1, TimeSpan.FromHours(1), CancellationToken.None));
        Assert.Equal(TimeSpan.FromHours(1), port.Clock.Now - before);
    }

    [Fact]
    public void Cancelled_wait_ends_in_real_time_too()
    {
        using ISerialTransport port = new Esp32Simulator(new SimulatorOptions { Chip = "esp32" }).Open(SystemClock.Instance);
        using var cancel = new CancellationTokenSource();
        cancel.CancelAfter(20);
        Assert.Throws<OperationCanceledException>(() => port.Read(new byte[1], 0, 1, TimeSpan.FromHours(1), cancel.Token));
    }

    [Fact]
    public void Closed_port_is_lost()
    {
        ISerialTransport port = new Esp32Simulator(new SimulatorOptions { Chip = "esp32" }).Open();
        port.Dispose();
        port.Dispose();
        Assert.Equal(ErrorCode.PortLost, Assert.Throws<TransportException>(() => port.Write([1], 0, 1, CancellationToken.None)).Code);
    }

    [Fact]
    public void Boards_stand_by_under_the_names_of_their_chips()
    {
        VirtualTransportProvider.Register();
        string[] ports = [.. TransportCatalog.ListPorts().Where(port => port.Kind == nameof(PortKind.Virtual)).Select(port => port.PortName)];
        Assert.Contains("virtual:esp32", ports);
        Assert.Contains("virtual:esp32c3", ports);
        using ISerialTransport port = TransportCatalog.Open("VIRTUAL:ESP32C3", CancellationToken.None);
        Assert.Same(SimulatorCatalog.Get("esp32c3"), SimulatorCatalog.Find("virtual:Esp32C3"));
        Assert.True(SimulatorCatalog.Get("esp32c3").IsOpen);
    }

    [Fact]
    public void Named_board_is_made_once_and_can_be_removed()
    {
        Esp32Simulator board = SimulatorCatalog.Create(new SimulatorOptions { Chip = "esp32", Name = "test-once" });
        Assert.Same(board, SimulatorCatalog.Get("test-ONCE"));
        Assert.Equal(ErrorCode.SimulatorExists, Assert.Throws<Esp32Exception>(() => SimulatorCatalog.Create(new SimulatorOptions { Chip = "esp32c3", Name = "test-once" })).Code);
        Assert.True(SimulatorCatalog.Remove("virtual:test-once"));
        Assert.False(SimulatorCatalog.Remove("test-once"));
        Assert.Equal(ErrorCode.SimulatorNotFound, Assert.Throws<Esp32Exception>(() => SimulatorCatalog.Get("test-once")).Code);
        Assert.Equal(ErrorCode.PortNotFound, Assert.Throws<TransportException>(() => new VirtualTransportProvider().Open("virtual:test-once", CancellationToken.None)).Code);
    }

    [Fact]
    public void Boards_of_different_names_have_different_addresses()
    {
        uint[] low = [.. new[] { "a", "b", "c" }.Select(name =>
        {
            using WireHost host = Boards.Synced(Boards.InLoader("esp32", new SimulatorOptions { Chip = "esp32", Name = name }));
            return host.ReadRegister(0x3FF5_A004);
        })];
        Assert.Equal(3, low.Distinct().Count());
    }

    [Fact]
    public void Loader_takes_the_rate_of_the_first_bytes_and_keeps_it()
    {
        using var host = new WireHost(Boards.InLoader());
        host.Port.SetBaudRate(74880, CancellationToken.None);
        host.Sync();
        Assert.Single(host.Ask(0x0A, 0x4000_1000));
        host.Port.SetBaudRate(115200, CancellationToken.None);
        Assert.DoesNotContain(host.Ask(0x0A, 0x4000_1000), frame => frame.Length == 12);
        host.Port.SetBaudRate(74880, CancellationToken.None);
        host.Receive();
        Assert.Equal(0x00F0_1D83u, host.ReadRegister(0x4000_1000));
    }

    [Fact]
    public void Wrong_rate_gives_the_same_garbage_each_time()
    {
        Assert.Equal(Garbage(seed: 7), Garbage(seed: 7));
        Assert.NotEqual(Garbage(seed: 7), Garbage(seed: 8));

        static byte[] Garbage(int seed)
        {
            var board = new Esp32Simulator(new SimulatorOptions { Chip = "esp32", Seed = seed });
            using var host = new WireHost(board);
            host.Port.SetBaudRate(57600, CancellationToken.None);
            board.PowerCycle();
            return host.ReceiveRaw();
        }
    }

    [Fact]
    public void ESP32_rom_divides_by_the_clock_it_was_calibrated_with()
    {
        // 8 MHz oscillator measured 10 % slow: the ROM is told 10 % less to reach the rate.
        var registers = new System.Collections.Generic.Dictionary<uint, uint> { [0x3FF5_F06C] = 1772u << 7 };
        using WireHost host = Boards.Synced(Boards.InLoader("esp32", new SimulatorOptions { Chip = "esp32", InitialRegisters = registers }));
        double romHz = 1772 * 15625.0 * 52 / 40;
        host.Ask(0x0F, (uint)(460800 * romHz / 40e6), 0);
        host.Port.SetBaudRate(460800, CancellationToken.None);
        Assert.Equal(0x00F0_1D83u, host.ReadRegister(0x4000_1000));
    }

    [Theory]
    [InlineData(40, 347u)]
    [InlineData(26, 225u)]
    public void Divider_tells_the_crystal(int crystal, uint divider)
    {
        using WireHost host = Boards.Synced(Boards.InLoader("esp32", new SimulatorOptions { Chip = "esp32", CrystalMHz = crystal }));
        Assert.Equal(divider, host.ReadRegister(0x3FF4_0014));
    }
}
