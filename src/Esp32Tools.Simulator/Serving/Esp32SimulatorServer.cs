using System;

namespace Esp32Tools.Simulator.Serving;

/// <summary>A virtual chip that is being served.</summary>
public sealed class Esp32SimulatorServer
{
    private readonly SimulatorServer _server;

    internal Esp32SimulatorServer(string name, ServerProtocol protocol, SimulatorServer server)
    {
        Name = name;
        Protocol = protocol.ToString();
        _server = server;
    }

    /// <summary>Name of the virtual chip.</summary>
    public string Name { get; }

    /// <summary>The protocol of the server.</summary>
    public string Protocol { get; }

    /// <summary>The name under which other tools reach the chip, such as <c>socket://127.0.0.1:4000</c> or <c>/dev/pts/5</c>.</summary>
    public string PortName => _server.PortName;

    /// <summary>True while a client is connected.</summary>
    public bool HasClient => _server.HasClient;

    /// <summary>The failure that last cut a client off; null for none.</summary>
    public string? LastError => _server.LastError?.Message;

    /// <inheritdoc/>
    public override string ToString() => $"{Name} on {PortName}";

    internal void Stop() => _server.Dispose();
}
