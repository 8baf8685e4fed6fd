using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Procedures;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the refusals of secure boot that can be lifted, by their error ids.</summary>
public sealed class SecureBootRefusalCompleter : WordCompleter
{
    private protected override IEnumerable<CompletionWord> Words(IDictionary bound) =>
        SecureBootOptions.Liftable.Select(code => new CompletionWord(code.ToString()));
}
