using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the baud rates that bridges and chips commonly manage; any other may be typed.</summary>
public sealed class BaudRateCompleter : WordCompleter
{
    private static readonly int[] s_rates = [115200, 230400, 460800, 921600, 1500000, 2000000];

    private protected override IEnumerable<CompletionWord> Words(IDictionary bound) =>
        s_rates.Select(rate => new CompletionWord(rate.ToString(CultureInfo.InvariantCulture)));
}
