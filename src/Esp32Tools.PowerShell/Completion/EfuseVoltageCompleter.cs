using System.Collections;
using System.Collections.Generic;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the voltages that the eFuses can choose for the flash.</summary>
public sealed class EfuseVoltageCompleter : WordCompleter
{
    private protected override IEnumerable<CompletionWord> Words(IDictionary bound) =>
    [
        new("3.3V", "the regulator gives 3.3 V"),
        new("1.8V", "the regulator gives 1.8 V"),
        new("Off", "the regulator is off: the flash is supplied from outside"),
    ];
}
