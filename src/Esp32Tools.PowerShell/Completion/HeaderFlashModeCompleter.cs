using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the flash modes of a header that is being made, where there is nothing to keep.</summary>
public sealed class HeaderFlashModeCompleter : WordCompleter
{
    private protected override IEnumerable<CompletionWord> Words(IDictionary bound) =>
        BoundChip.From(bound).SelectMany(chip => chip.Image.FlashModes.Keys).Distinct().Select(mode => new CompletionWord(mode));
}
