using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the eFuse blocks behind block 0 of the chip, where it is known, or else of all chips.</summary>
public sealed class EfuseBlockCompleter : WordCompleter
{
    private protected override IEnumerable<CompletionWord> Words(IDictionary bound) => BoundChip.From(bound)
        .SelectMany(chip => chip.Efuse.Blocks.Where(block => block.Index > 0).Select(block => block.Name))
        .Distinct()
        .Select(name => new CompletionWord(name));
}
