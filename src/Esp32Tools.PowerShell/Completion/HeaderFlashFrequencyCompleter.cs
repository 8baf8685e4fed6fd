using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the flash frequencies of a header that is being made, where there is nothing to keep.</summary>
public sealed class HeaderFlashFrequencyCompleter : WordCompleter
{
    private protected override IEnumerable<CompletionWord> Words(IDictionary bound) =>
        BoundChip.From(bound).SelectMany(chip => chip.Image.FlashFrequencies.Keys).Distinct().Select(frequency => new CompletionWord(frequency));
}
