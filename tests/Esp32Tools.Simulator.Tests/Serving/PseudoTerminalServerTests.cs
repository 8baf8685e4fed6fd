using System;
using Esp32Tools.Link.Transport;
using Esp32Tools.Simulator.Serving;
using Esp32Tools.Tests.Shared;
using Xunit;
using static Esp32Tools.Simulator.Tests.Serving.ServedChip;

namespace Esp32Tools.Simulator.Tests.Serving;

public sealed class PseudoTerminalServerTests
{
    [LinuxFact]
    public void The_chips_port_follows_the_baud_rate_of_the_client()
    {
        var served = new ServedChip();
        using SimulatorServer server = served.Start("pseudo-terminal");
        using (ISerialTransport port = TransportCatalog.Open(server.PortName, None))
        {
            AssertEchoed(port, [1]);
            port.SetBaudRate(921600, None);
            AssertEchoed(port, [2]);
            Assert.Equal(["bytes 01", "baud 921600", "bytes 02"], served.Chip.Events);
            Eventually(() => served.OpenedCount == 1);
        }

        FakeChip first = served.Chip;
        Eventually(() => first.IsClosed);
        using ISerialTransport next = TransportCatalog.Open(server.PortName, None);
        AssertEchoed(next, [3]);
        Assert.Equal(["bytes 03"], served.Chip.Events);
    }

    [LinuxFact]
    public void A_rate_the_chips_port_cannot_do_does_not_end_the_service()
    {
        var served = new ServedChip();
        using SimulatorServer server = served.Start("pseudo-terminal");
        using ISerialTransport port = TransportCatalog.Open(server.PortName, None);
        port.SetBaudRate(5_000_000, None);
        AssertEchoed(port, [1, 2, 3]);
        Assert.Null(server.LastError);
    }

    [LinuxFact]
    public void What_a_client_did_not_read_is_not_there_for_the_next()
    {
        var served = new ServedChip();
        using SimulatorServer server = served.Start("pseudo-terminal");
        using (ISerialTransport port = TransportCatalog.Open(server.PortName, None))
        {
            served.Chip.Say(1, 2, 3);
            Assert.Equal([1], ReadExactly(port, 1));
        }

        using ISerialTransport next = TransportCatalog.Open(server.PortName, None);
        AssertEchoed(next, [9]);
    }

    [LinuxFact]
    public void It_is_named_as_a_device() =>
        Assert.StartsWith("/dev/pts/", ServerName(), StringComparison.Ordinal);

    private static string ServerName()
    {
        using SimulatorServer server = new ServedChip().Start("pseudo-terminal");
        return server.PortName;
    }
}
