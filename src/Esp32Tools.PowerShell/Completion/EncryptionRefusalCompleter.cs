using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Protection.FlashEncryption;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the refusals of flash encryption that can be lifted, by their error ids.</summary>
public sealed class EncryptionRefusalCompleter : WordCompleter
{
    private protected override IEnumerable<CompletionWord> Words(IDictionary bound) =>
        FlashEncryptionOptions.Liftable.Select(code => new CompletionWord(code.ToString()));
}
