using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Esp32Tools.Link.Transport;

/// <summary>
/// Ports named by their place on the hub, <c>usb:1-4.2</c>: the serial port that is plugged in there when it is opened.
/// </summary>
internal sealed class UsbSocketProvider : ITransportProvider
{
    /// <summary>The prefix of the names.</summary>
    internal const string Scheme = "usb:";

    private readonly Func<IReadOnlyList<Esp32Port>> _list;
    private readonly Func<string, CancellationToken, ISerialTransport> _open;

    internal UsbSocketProvider()
        : this(TransportCatalog.ListPorts, TransportCatalog.Open)
    {
    }

    internal UsbSocketProvider(
        Func<IReadOnlyList<Esp32Port>> list, Func<string, CancellationToken, ISerialTransport> open) => (_list, _open) = (list, open);

    public bool Handles(string portName) => portName.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    public ISerialTransport Open(string portName, CancellationToken cancellationToken) =>
        new UsbSocketTransport(portName, token => _open(Resolve(portName), token), cancellationToken);

    /// <summary>None of its own: other providers list the ports.</summary>
    public IEnumerable<Esp32Port> ListPorts() => [];

    /// <summary>The name of the port that is at this place now.</summary>
    private string Resolve(string socketName)
    {
        string place = socketName.Substring(Scheme.Length);
        Esp32Port[] placed = [.. _list().Where(port => port.LocationPath.Length > 0)];
        Esp32Port? exact = placed.FirstOrDefault(port => string.Equals(port.LocationPath, place, StringComparison.OrdinalIgnoreCase));
        if (exact is not null)
        {
            return exact.PortName;
        }

        Esp32Port[] below = [.. placed.Where(port => port.LocationPath.StartsWith(place + ":", StringComparison.OrdinalIgnoreCase))];
        if (below.Length > 0)
        {
            throw TransportErrors.NameInvalid(
                socketName, "the adapter there has several ports", $"Name one of them: {Names(below)}.");
        }

        throw TransportErrors.NotFound(
            socketName,
            placed.Length == 0
                ? "No serial port with a known place on a hub is plugged in now."
                : $"Nothing is plugged in there, or it is not a serial port. Plugged in now: {Names(placed)}.");
    }

    private static string Names(IEnumerable<Esp32Port> ports) => string.Join(", ", ports.Select(port => $"{port.SocketName} ({port.PortName})"));
}
