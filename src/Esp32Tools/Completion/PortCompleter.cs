using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Transport;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the ports that exist.</summary>
public sealed class PortCompleter : WordCompleter
{
    private protected override IEnumerable<CompletionWord> Words(IDictionary bound) =>
        TransportCatalog.ListPorts().Select(port => new CompletionWord(port.PortName, port.Description));
}
