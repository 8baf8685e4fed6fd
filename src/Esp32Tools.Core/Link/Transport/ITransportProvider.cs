using System.Collections.Generic;
using System.Threading;
using Esp32Tools.Errors;

namespace Esp32Tools.Link.Transport;

/// <summary>Opens ports of one kind. Providers are registered with <see cref="TransportCatalog"/>.</summary>
public interface ITransportProvider
{
    /// <summary>True when this provider opens names of this form (<c>socket://...</c>, <c>virtual:...</c>, <c>/dev/...</c>).</summary>
    bool Handles(string portName);

    /// <summary>Opens the port for this process alone, at 115200 baud, lines released and without a reset pulse.</summary>
    /// <exception cref="TransportException">
    /// <see cref="ErrorCode.PortNotFound"/>, <see cref="ErrorCode.PortInUse"/>, <see cref="ErrorCode.PortAccessDenied"/>,
    /// <see cref="ErrorCode.PortUnreachable"/>, <see cref="ErrorCode.PortNameInvalid"/>.
    /// </exception>
    ISerialTransport Open(string portName, CancellationToken cancellationToken);

    /// <summary>The ports of this kind that exist now; none for network forms.</summary>
    IEnumerable<Esp32Port> ListPorts();
}
