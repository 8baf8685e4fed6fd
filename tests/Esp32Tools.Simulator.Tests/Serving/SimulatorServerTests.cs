using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;
using Esp32Tools.Simulator.Serving;
using Xunit;
using static Esp32Tools.Simulator.Tests.Serving.ServedChip;

namespace Esp32Tools.Simulator.Tests.Serving;

/// <summary>What every kind of server does alike.</summary>
public sealed class SimulatorServerTests
{
    public static TheoryData<string> Kinds { get; } =
        RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? ["socket", "rfc2217", "pseudo-terminal"] : ["socket", "rfc2217"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Bytes_pass_unchanged_both_ways(string kind)
    {
        using SimulatorServer server = new ServedChip().Start(kind);
        using ISerialTransport port = TransportCatalog.Open(server.PortName, None);
        AssertEchoed(port, Pattern(100_000));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_chip_that_speaks_unasked_is_heard(string kind)
    {
        var served = new ServedChip();
        using SimulatorServer server = served.Start(kind);
        using ISerialTransport port = TransportCatalog.Open(server.PortName, None);
        served.Chip.Say(1, 2, 3);
        Assert.Equal([1, 2, 3], ReadExactly(port, 3));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_chip_is_open_while_a_client_is_there(string kind)
    {
        var served = new ServedChip();
        using SimulatorServer server = served.Start(kind);
        Assert.Equal(0, served.OpenedCount);
        FakeChip first;
        using (TransportCatalog.Open(server.PortName, None))
        {
            first = served.Chip;
            Assert.True(server.HasClient);
            Assert.False(first.IsClosed);
        }

        Eventually(() => first.IsClosed && !server.HasClient);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Clients_are_served_one_after_the_other_without_a_pause(string kind)
    {
        var served = new ServedChip();
        using SimulatorServer server = served.Start(kind);
        for (int client = 0; client < 5; client++)
        {
            using ISerialTransport port = TransportCatalog.Open(server.PortName, None);
            AssertEchoed(port, [(byte)client, 2, 3]);
        }

        Assert.Null(server.LastError);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Stopping_cuts_off_a_client(string kind)
    {
        var served = new ServedChip();
        SimulatorServer server = served.Start(kind);
        using ISerialTransport port = TransportCatalog.Open(server.PortName, None);
        AssertEchoed(port, [1]);

        var watch = Stopwatch.StartNew();
        server.Dispose();
        Assert.True(watch.Elapsed < Long / 2);
        Assert.True(served.Chip.IsClosed);
        var lost = Assert.Throws<TransportException>(() => port.Read(new byte[1], 0, 1, Long, None));
        Assert.Equal(ErrorCode.PortLost, lost.Code);
        server.Dispose();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_failing_chip_ends_the_client_and_not_the_server(string kind)
    {
        var served = new ServedChip();
        using SimulatorServer server = served.Start(kind);
        using (ISerialTransport port = TransportCatalog.Open(server.PortName, None))
        {
            AssertEchoed(port, [1]);
            served.Chip.Failure = new TransportException(ErrorCode.PortLost, "Unplugged.");
            Eventually(() => server.LastError is not null);
            Assert.Equal("Unplugged.", server.LastError!.Message);
        }

        using ISerialTransport next = TransportCatalog.Open(server.PortName, None);
        AssertEchoed(next, [2]);
    }

    [Fact]
    public void A_chip_that_cannot_be_opened_ends_the_client_and_not_the_server()
    {
        using var server = SimulatorServer.StartSocket(_ => throw new TransportException(ErrorCode.PortInUse, "Taken."));
        for (int attempt = 0; attempt < 2; attempt++)
        {
            using ISerialTransport port = TransportCatalog.Open(server.PortName, None);
            Assert.Throws<TransportException>(() => port.Read(new byte[1], 0, 1, Long, None));

            // The client is cut off first, and the reason is noted after that.
            Eventually(() => server.LastError is not null);
            Assert.Equal("Taken.", server.LastError!.Message);
        }
    }

    [Fact]
    public void A_client_that_comes_while_another_stays_is_turned_away()
    {
        using SimulatorServer server = new ServedChip().Start("rfc2217");
        using ISerialTransport port = TransportCatalog.Open(server.PortName, None);
        var refused = Assert.Throws<TransportException>(() => TransportCatalog.Open(server.PortName, None));
        Assert.Equal(ErrorCode.PortInUse, refused.Code);
        AssertEchoed(port, [1]);
    }

    [Fact]
    public void A_server_listens_on_this_machine_only_unless_told_otherwise()
    {
        using SimulatorServer server = new ServedChip().Start("socket");
        Assert.StartsWith("socket://127.0.0.1:", server.PortName, StringComparison.Ordinal);
        using SimulatorServer six = SimulatorServer.StartSocket(new ServedChip().Open, IPAddress.IPv6Loopback);
        Assert.StartsWith("socket://[::1]:", six.PortName, StringComparison.Ordinal);
        using ISerialTransport port = TransportCatalog.Open(six.PortName, None);
        AssertEchoed(port, [1]);
        using SimulatorServer any = SimulatorServer.StartSocket(new ServedChip().Open, IPAddress.Any);
        Assert.StartsWith($"socket://{Dns.GetHostName()}:", any.PortName, StringComparison.Ordinal);
    }

    [Fact]
    public void A_TCP_port_that_is_taken_is_in_use_and_free_again_after_the_server_stops()
    {
        int number;
        using (SimulatorServer server = new ServedChip().Start("socket"))
        {
            number = new Uri(server.PortName).Port;
            using ISerialTransport port = TransportCatalog.Open(server.PortName, None);
            AssertEchoed(port, [1]);
            var taken = Assert.Throws<TransportException>(() => SimulatorServer.StartSocket(new ServedChip().Open, port: number));
            Assert.Equal(ErrorCode.PortInUse, taken.Code);
        }

        SimulatorServer.StartSocket(new ServedChip().Open, port: number).Dispose();
    }

    [Fact]
    public void A_client_that_takes_nothing_does_not_hold_up_the_stopping()
    {
        var served = new ServedChip();
        using SimulatorServer server = served.Start("socket");
        using var client = new TcpClient("127.0.0.1", new Uri(server.PortName).Port);
        FakeChip chip = served.Chip;
        var talking = new Thread(() => chip.Say(new byte[20_000_000]));
        talking.Start();
        Thread.Sleep(100);
        var watch = Stopwatch.StartNew();
        server.Dispose();
        Assert.True(watch.Elapsed < Long / 2);
        talking.Join();
    }
}
