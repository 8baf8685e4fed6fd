using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the lengths of flash encryption keys of the chip, where it is known, or else of all chips.</summary>
public sealed class FlashKeyLengthCompleter : WordCompleter
{
    private protected override IEnumerable<CompletionWord> Words(IDictionary bound) => BoundChip.From(bound)
        .SelectMany(chip => chip.Security.FlashKeyLengths)
        .Distinct()
        .OrderBy(length => length)
        .Select(length => new CompletionWord(length.ToString(CultureInfo.InvariantCulture)));
}
