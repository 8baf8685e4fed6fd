using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Simulator;

/// <summary>Opens the ports of virtual boards: <c>virtual:name</c>.</summary>
public sealed class VirtualTransportProvider : ITransportProvider
{
    /// <summary>The prefix of the names.</summary>
    public const string Scheme = "virtual:";

    /// <summary>Makes <c>virtual:</c> ports known to <see cref="TransportCatalog"/>; more than once does no harm.</summary>
    public static void Register() => TransportCatalog.Register(new VirtualTransportProvider());

    /// <inheritdoc/>
    public bool Handles(string portName) => portName.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public ISerialTransport Open(string portName, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Esp32Simulator board = SimulatorCatalog.Find(portName) ?? throw new TransportException(
            ErrorCode.PortNotFound,
            $"There is no port {portName}: no virtual chip has that name.",
            SimulatorCatalog.Known())
        { Target = portName };
        return board.Open();
    }

    /// <inheritdoc/>
    public IEnumerable<Esp32Port> ListPorts() => SimulatorCatalog.List().Where(board => board.IsPluggedIn).Select(board => new Esp32Port
    {
        PortName = board.PortName,
        Kind = nameof(PortKind.Virtual),
        Description = $"Virtual {board.Chip}",
        VendorId = board.Usb.Identity.Vendor,
        ProductId = board.Usb.Identity.Product,
        SerialNumber = board.Name,
    });
}
