using System;
using System.Net.Sockets;
using System.Threading;
using Esp32Tools.Link.Transport;
using Esp32Tools.Simulator.Serving;
using Esp32Tools.Tests.Shared;
using Xunit;
using static Esp32Tools.Simulator.Tests.Serving.ServedChip;

namespace Esp32Tools.Simulator.Tests.Serving;

/// <summary>Servers of virtual chips rather than of a fake one.</summary>
public sealed class SimulatorServerCatalogTests : IDisposable
{
    private readonly Esp32Simulator _board = SimulatorCatalog.Create(new SimulatorOptions { Chip = "esp32", Name = "served-" + Guid.NewGuid().ToString("N") });
    private Esp32SimulatorServer? _server;

    public void Dispose()
    {
        if (_server is not null)
        {
            SimulatorServerCatalog.Stop(_server);
        }

        SimulatorCatalog.Remove(_board.Name);
    }

    [Fact]
    public void Over_RFC_2217_the_lines_reset_the_chip_into_its_loader_and_out_of_it()
    {
        using ISerialTransport port = Serve(ServerProtocol.Rfc2217);
        EnterLoader(port);
        Eventually(() => _board.State == nameof(BoardState.RomLoader));

        port.SetModemLines(false, true, None);
        Thread.Sleep(20);
        port.SetModemLines(false, false, None);
        Eventually(() => _board.State == nameof(BoardState.Application));
    }

    [Fact]
    public void Over_a_plain_socket_the_chip_waits_in_its_loader()
    {
        using ISerialTransport port = Serve(ServerProtocol.Socket);
        Eventually(() => _board.State == nameof(BoardState.RomLoader));
    }

    [LinuxFact]
    public void On_a_pseudo_terminal_the_chip_waits_in_its_loader()
    {
        using ISerialTransport port = Serve(ServerProtocol.PseudoTerminal);
        Eventually(() => _board.State == nameof(BoardState.RomLoader));
    }

    [Fact]
    public void A_server_that_is_stopped_while_its_chip_enters_the_loader_lets_go_of_it()
    {
        _server = SimulatorServerCatalog.Start(_board.Name, ServerProtocol.Socket, null, 0);
        using var client = new TcpClient("127.0.0.1", new Uri(_server.PortName).Port);
        Eventually(() => _board.IsOpen);
        SimulatorServerCatalog.Stop(_server);
        Assert.False(_board.IsOpen);
    }

    private static void EnterLoader(ISerialTransport port)
    {
        port.SetModemLines(false, true, None);
        Thread.Sleep(100);
        port.SetModemLines(true, false, None);
        Thread.Sleep(50);
        port.SetModemLines(false, false, None);
    }

    private ISerialTransport Serve(ServerProtocol protocol)
    {
        _server = SimulatorServerCatalog.Start(_board.Name, protocol, null, 0);
        return TransportCatalog.Open(_server.PortName, None);
    }
}
