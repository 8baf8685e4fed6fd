using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Simulator.Serving;

/// <summary>The servers of this process.</summary>
public static class SimulatorServerCatalog
{
    // Into the loader by the modem lines, each on its own: reset low, boot low, reset high, boot high.
    private static readonly (bool Dtr, bool Rts, TimeSpan Wait)[] s_intoLoader =
    [
        (false, true, TimeSpan.FromMilliseconds(100)),
        (true, false, TimeSpan.FromMilliseconds(50)),
        (false, false, TimeSpan.Zero),
    ];

    private static readonly object s_gate = new();
    private static readonly List<Esp32SimulatorServer> s_servers = [];

    /// <summary>Serves a virtual chip.</summary>
    /// <param name="name">Name of the chip.</param>
    /// <param name="protocol">Protocol of the server.</param>
    /// <param name="address">Address to listen on; this machine only when null. Ignored for a pseudo-terminal.</param>
    /// <param name="port">TCP port; 0 picks a free one.</param>
    /// <exception cref="TransportException">
    /// <see cref="ErrorCode.PortNotFound"/>: no such chip. <see cref="ErrorCode.PortInUse"/>, <see cref="ErrorCode.PortAccessDenied"/>:
    /// of the TCP port. <see cref="ErrorCode.PortUnsupported"/>: no pseudo-terminals here.
    /// </exception>
    public static Esp32SimulatorServer Start(string name, ServerProtocol protocol, IPAddress? address, int port)
    {
        Esp32Simulator board = SimulatorCatalog.Get(name);
        SimulatorServer server = protocol switch
        {
            ServerProtocol.Socket => SimulatorServer.StartSocket(token => OpenInLoader(board, hasBaudRate: false, token), address, port),
            ServerProtocol.Rfc2217 => SimulatorServer.StartRfc2217(_ => board.Open(SystemClock.Instance), address, port),
            _ => SimulatorServer.StartPseudoTerminal(token => OpenInLoader(board, hasBaudRate: true, token)),
        };
        var started = new Esp32SimulatorServer(board.Name, protocol, server);
        lock (s_gate)
        {
            s_servers.Add(started);
        }

        return started;
    }

    /// <summary>All servers that run.</summary>
    public static IReadOnlyList<Esp32SimulatorServer> List()
    {
        lock (s_gate)
        {
            return [.. s_servers];
        }
    }

    /// <summary>The servers of a chip that run.</summary>
    public static IReadOnlyList<Esp32SimulatorServer> Find(string name) =>
        [.. List().Where(server => string.Equals(server.Name, name, StringComparison.OrdinalIgnoreCase))];

    /// <summary>Stops a server; one that has stopped stays so.</summary>
    public static void Stop(Esp32SimulatorServer server)
    {
        lock (s_gate)
        {
            s_servers.Remove(server);
        }

        server.Stop();
    }

    /// <summary>Stops all servers.</summary>
    public static void StopAll()
    {
        foreach (Esp32SimulatorServer server in List())
        {
            Stop(server);
        }
    }

    // The client cannot reset the chip, so the chip waits in its loader for the next one: as the last client left it,
    // but not at a baud rate that a new client cannot know.
    private static ISerialTransport OpenInLoader(Esp32Simulator board, bool hasBaudRate, CancellationToken cancellationToken)
    {
        ISerialTransport transport = board.Open(SystemClock.Instance, hasBaudRate);
        if (board.GetState() is BoardState.RomLoader or BoardState.Stub && (!hasBaudRate || board.Machine.Uart.BaudRate == transport.BaudRate))
        {
            return transport;
        }

        try
        {
            foreach ((bool dtr, bool rts, TimeSpan wait) in s_intoLoader)
            {
                transport.SetModemLines(dtr, rts, cancellationToken);
                transport.Clock.Delay(wait, cancellationToken);
            }

            return transport;
        }
        catch
        {
            // The server stops, or the cable was pulled; the board must be free again.
            transport.Dispose();
            throw;
        }
    }
}
