using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the flash frequencies of image headers: of the chip, where it is known.</summary>
public sealed class FlashFrequencyCompleter : WordCompleter
{
    private protected override IEnumerable<CompletionWord> Words(IDictionary bound)
    {
        IEnumerable<string> words = [FlashSettings.Keep];
        return words.Concat(BoundChip.From(bound).SelectMany(chip => chip.Image.FlashFrequencies.Keys).Distinct())
            .Select(word => new CompletionWord(word));
    }
}
