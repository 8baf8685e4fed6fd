using System.Collections.Generic;
using System.Threading;
using Esp32Tools.Link.Transport.Network;

namespace Esp32Tools.Link.Transport.Rfc2217;

/// <summary>Ports behind an RFC 2217 server: <c>rfc2217://host:port</c>.</summary>
internal sealed class Rfc2217Provider : ITransportProvider
{
    private const string Scheme = "rfc2217";

    public bool Handles(string portName) => NetworkPortName.HasScheme(portName, Scheme);

    public ISerialTransport Open(string portName, CancellationToken cancellationToken)
    {
        NetworkPortName name = NetworkPortName.Parse(portName, Scheme, Rfc2217Options.Names);
        return new Rfc2217Transport(name, Rfc2217Options.Of(name), cancellationToken);
    }

    public IEnumerable<Esp32Port> ListPorts() => [];
}
