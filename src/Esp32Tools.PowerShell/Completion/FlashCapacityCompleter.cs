using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers sizes of flash memories, for a chip that is being made.</summary>
public sealed class FlashCapacityCompleter : WordCompleter
{
    private protected override IEnumerable<CompletionWord> Words(IDictionary bound) =>
        BoundChip.From(bound).SelectMany(chip => chip.Image.FlashSizes.Keys).Distinct().Select(size => new CompletionWord(size));
}
