using System.Collections.Generic;
using System.Threading;

namespace Esp32Tools.Link.Transport.Network;

/// <summary>Ports behind a raw TCP server: <c>socket://host:port</c>.</summary>
internal sealed class SocketProvider : ITransportProvider
{
    private const string Scheme = "socket";

    public bool Handles(string portName) => NetworkPortName.HasScheme(portName, Scheme);

    public ISerialTransport Open(string portName, CancellationToken cancellationToken) =>
        new SocketTransport(NetworkPortName.Parse(portName, Scheme, "logging"), cancellationToken);

    public IEnumerable<Esp32Port> ListPorts() => [];
}
