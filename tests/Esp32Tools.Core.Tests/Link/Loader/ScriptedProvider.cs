using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.Core.Tests.Link.Loader;

/// <summary>Makes a scripted port one that is opened by its name, as the cmdlets do.</summary>
internal sealed class ScriptedProvider : ITransportProvider
{
    private static readonly ConcurrentDictionary<string, ScriptedTransport> s_ports = new();

    static ScriptedProvider() => TransportCatalog.Register(new ScriptedProvider());

    /// <summary>A port that <see cref="TransportCatalog.Open"/> finds by its name.</summary>
    public static ScriptedTransport NewPort(string portName, TransportTraits? traits = null) =>
        s_ports.GetOrAdd(portName, name => new ScriptedTransport(traits, name));

    public bool Handles(string portName) => s_ports.ContainsKey(portName);

    public ISerialTransport Open(string portName, CancellationToken cancellationToken) => s_ports[portName];

    public IEnumerable<Esp32Port> ListPorts() => [];
}
