using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the types of partitions.</summary>
public sealed class PartitionTypeCompleter : WordCompleter
{
    private protected override IEnumerable<CompletionWord> Words(IDictionary bound) =>
        PartitionNames.Default.Types.Select(name => new CompletionWord(name));
}
