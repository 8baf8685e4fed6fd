using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the subtypes of OTA slots; a device is not asked while somebody types.</summary>
public sealed class OtaSlotCompleter : WordCompleter
{
    // As many as usual tables have.
    private const int Usual = 4;

    private protected override IEnumerable<CompletionWord> Words(IDictionary bound) =>
        Enumerable.Range(0, Usual).Select(slot => new CompletionWord($"ota_{slot}"));
}
