using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the key purposes of the chip, where it is known, or else of all chips.</summary>
public sealed class KeyPurposeCompleter : WordCompleter
{
    private protected override IEnumerable<CompletionWord> Words(IDictionary bound) => BoundChip.From(bound)
        .SelectMany(chip => chip.KeyPurposes.Select(purpose => purpose.Name)
            .Concat(chip.SplitKeyPurposes.Select(purpose => purpose.Name))
            .Select(name => (Name: name, Chip: chip.Name)))
        .GroupBy(purpose => purpose.Name)
        .Select(chips => new CompletionWord(chips.Key, string.Join(", ", chips.Select(purpose => purpose.Chip))));
}
