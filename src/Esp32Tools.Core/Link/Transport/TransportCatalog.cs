using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Errors;

namespace Esp32Tools.Link.Transport;

/// <summary>The kinds of port that this process can open, asked in the order of registration.</summary>
public static class TransportCatalog
{
    private static readonly object s_gate = new();
    private static volatile ITransportProvider[] s_providers = CoreProviders.All;

    /// <summary>Adds a kind of port. It replaces a registered provider of the same type.</summary>
    public static void Register(ITransportProvider provider)
    {
        if (provider is null)
        {
            throw new ArgumentNullException(nameof(provider));
        }

        lock (s_gate)
        {
            s_providers = [.. s_providers.Where(known => known.GetType() != provider.GetType()), provider];
        }
    }

    /// <summary>Opens a port by its name.</summary>
    /// <exception cref="TransportException">See <see cref="ITransportProvider.Open"/>.</exception>
    public static ISerialTransport Open(string portName, CancellationToken cancellationToken)
    {
        ITransportProvider? provider = s_providers.FirstOrDefault(candidate => candidate.Handles(portName));
        if (provider is null)
        {
            throw new TransportException(
                ErrorCode.PortNameInvalid,
                $"'{portName}' is not a known port name.",
                "Ports look like COM5, /dev/ttyUSB0, socket://host:port, rfc2217://host:port or virtual:esp32.")
            { Target = portName };
        }

        return provider.Open(portName, cancellationToken);
    }

    /// <summary>All ports that exist now.</summary>
    public static IReadOnlyList<Esp32Port> ListPorts() => [.. s_providers.SelectMany(provider => provider.ListPorts())];
}
