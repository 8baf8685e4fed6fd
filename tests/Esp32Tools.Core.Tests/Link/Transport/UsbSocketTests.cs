using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;
using Esp32Tools.Tests.Shared;
using Xunit;
using static Esp32Tools.Core.Tests.Link.Transport.TransportTesting;

namespace Esp32Tools.Core.Tests.Link.Transport;

/// <summary>Ports named by their place on the hub, over pseudo-terminals.</summary>
public sealed class UsbSocketTests
{
    private readonly List<Esp32Port> _ports = [];

    private UsbSocketProvider Provider => new(() => _ports, TransportCatalog.Open);

    [LinuxFact]
    public void A_socket_opens_the_port_that_is_there()
    {
        using var board = new PseudoTerminal();
        Plug("1-4.1", "/dev/ttyNone");
        Plug("1-4.2", board.PortName);
        using ISerialTransport port = Provider.Open("usb:1-4.2", None);

        Assert.Equal("usb:1-4.2", port.PortName);
        port.Write(0xC0, 0x08);
        Assert.Equal([0xC0, 0x08], board.Receive(2));
    }

    [LinuxFact]
    public void A_board_that_comes_back_under_another_name_is_found_again_at_its_rate()
    {
        using var before = new PseudoTerminal();
        using var after = new PseudoTerminal();
        Plug("1-4.2", before.PortName);
        using ISerialTransport port = Provider.Open("usb:1-4.2", None);
        port.SetBaudRate(460800, None);

        before.Unplug();
        _ports.Clear();
        AssertFails(ErrorCode.PortNotFound, "usb:1-4.2", () => port.Reopen(None));
        Plug("1-4.2", after.PortName);
        port.Reopen(None);

        port.Write(0x55);
        Assert.Equal([0x55], after.Receive(1));
        Assert.Equal(460800u, after.BaudRate);
    }

    [Fact]
    public void An_empty_socket_names_those_that_are_not()
    {
        Plug("1-4.1", "/dev/ttyUSB3");
        TransportException error = AssertFails(ErrorCode.PortNotFound, "usb:1-4.2", () => Provider.Open("usb:1-4.2", None));
        Assert.Contains("usb:1-4.1 (/dev/ttyUSB3)", error.Advice);
    }

    [Fact]
    public void An_adapter_with_several_ports_is_not_guessed_about()
    {
        Plug("2-1:1.0", "/dev/ttyUSB0");
        Plug("2-1:1.1", "/dev/ttyUSB1");
        Plug("2-10", "/dev/ttyUSB2");
        TransportException error = AssertFails(ErrorCode.PortNameInvalid, "usb:2-1", () => Provider.Open("usb:2-1", None));
        Assert.Contains("usb:2-1:1.0 (/dev/ttyUSB0), usb:2-1:1.1 (/dev/ttyUSB1).", error.Advice);
    }

    [Fact]
    public void The_catalog_knows_the_name()
    {
        TransportException error = AssertFails(
            ErrorCode.PortNotFound, "usb:99-1.2.3", () => TransportCatalog.Open("usb:99-1.2.3", CancellationToken.None));
        Assert.NotEmpty(error.Advice);
    }

    [Fact]
    public void The_name_of_a_socket_follows_from_its_place()
    {
        Plug("1-4.2", "/dev/ttyUSB0");
        Assert.Equal("usb:1-4.2", _ports.Single().SocketName);
        Assert.Empty(new Esp32Port { PortName = "COM1" }.SocketName);
    }

    private void Plug(string place, string portName) => _ports.Add(new Esp32Port { PortName = portName, LocationPath = place });
}
