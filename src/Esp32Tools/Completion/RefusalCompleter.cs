using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Flash;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the refusals of a write that can be lifted, by their error ids.</summary>
public sealed class RefusalCompleter : WordCompleter
{
    private protected override IEnumerable<CompletionWord> Words(IDictionary bound) =>
        FlashWriteOptions.Liftable.Select(code => new CompletionWord(code.ToString()));
}
