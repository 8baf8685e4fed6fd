using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the flash sizes of image headers: of the chip, where it is known.</summary>
public sealed class FlashSizeCompleter : WordCompleter
{
    private protected override IEnumerable<CompletionWord> Words(IDictionary bound)
    {
        IEnumerable<string> words = [FlashSettings.Keep, FlashSettings.Detect];
        return words.Concat(BoundChip.From(bound).SelectMany(chip => chip.Image.FlashSizes.Keys).Distinct())
            .Select(word => new CompletionWord(word));
    }
}
