using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>
/// Offers refusals that can be lifted, by their error ids. What takes them is text and no enumeration, of which PowerShell
/// would offer every error id there is.
/// </summary>
public abstract class RefusalCompleter : WordCompleter
{
    private protected abstract IReadOnlyList<ErrorCode> Liftable { get; }

    private protected override IEnumerable<CompletionWord> Words(IDictionary bound) => Liftable.Select(code => new CompletionWord(code.ToString()));
}
