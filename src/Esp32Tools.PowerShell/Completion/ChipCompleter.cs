using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the chips that are known.</summary>
public sealed class ChipCompleter : WordCompleter
{
    private protected override IEnumerable<CompletionWord> Words(IDictionary bound) =>
        ChipCatalog.All.Select(chip => new CompletionWord(chip.Key, chip.Name));
}
