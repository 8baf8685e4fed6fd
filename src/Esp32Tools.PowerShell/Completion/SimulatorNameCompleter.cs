using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Simulator;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the virtual chips that there are.</summary>
public sealed class SimulatorNameCompleter : WordCompleter
{
    private protected override IEnumerable<CompletionWord> Words(IDictionary bound) =>
        SimulatorCatalog.List().Select(board => new CompletionWord(board.Name, $"Virtual {board.Chip.Name}"));
}
