using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Formats.Images.Merge;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the refusals of a merge that can be lifted.</summary>
public sealed class MergeRefusalCompleter : WordCompleter
{
    private protected override IEnumerable<CompletionWord> Words(IDictionary bound) =>
        MergeOptions.Liftable.Select(code => new CompletionWord(code.ToString()));
}
