using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Link.Transport;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the ports that exist, by their names and then by the names of their sockets.</summary>
public sealed class PortCompleter : WordCompleter
{
    private protected override IEnumerable<CompletionWord> Words(IDictionary bound)
    {
        IReadOnlyList<Esp32Port> ports = TransportCatalog.ListPorts();
        return ports.Select(port => new CompletionWord(port.PortName, port.Description)).Concat(ports
            .Where(port => port.SocketName.Length > 0)
            .Select(port => new CompletionWord(port.SocketName, $"{port.Description} ({port.PortName})")));
    }
}
