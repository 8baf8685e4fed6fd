using System.Collections.Generic;

namespace Esp32Tools.Chips;

/// <summary>The crystal: one frequency, or several to be told apart by the UART divider.</summary>
public sealed class CrystalFacts
{
    /// <summary>Possible frequencies in MHz. With one there is nothing to measure.</summary>
    public required IReadOnlyList<int> ChoicesMHz { get; init; }

    /// <summary>True when the frequency has to be worked out from the UART divider.</summary>
    public bool IsMeasured => ChoicesMHz.Count > 1;
}
