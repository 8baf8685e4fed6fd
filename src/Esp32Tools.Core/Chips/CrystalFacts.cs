using System.Collections.Generic;

namespace Esp32Tools.Chips;

/// <summary>The crystal: one frequency, or several that the UART divider distinguishes.</summary>
public sealed class CrystalFacts
{
    /// <summary>Possible frequencies in MHz. A single one needs no measurement.</summary>
    public required IReadOnlyList<int> ChoicesMHz { get; init; }

    /// <summary>True when the frequency is computed from the UART divider.</summary>
    public bool IsMeasured => ChoicesMHz.Count > 1;
}
