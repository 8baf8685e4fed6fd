using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Devices;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>The chips that apply to a command line: the one it names or has a session with, or else all.</summary>
internal static class BoundChip
{
    private static readonly string[] s_deviceParameters = ["Device", "Port", "PortName"];

    /// <summary>The chips.</summary>
    public static IReadOnlyList<ChipDefinition> From(IDictionary bound)
    {
        IEnumerable<ChipDefinition?> sessions = s_deviceParameters
            .SelectMany(name => Arguments.Items(bound[name]))
            .Select(item => (Arguments.BaseOf(item) as Esp32Device)?.GetChip());
        ChipDefinition? named = Arguments.BaseOf(bound["Chip"]) is string name ? ChipCatalog.Find(name) : null;
        ChipDefinition[] known = [.. sessions.Append(named).OfType<ChipDefinition>().Distinct()];
        return known.Length > 0 ? known : ChipCatalog.All;
    }
}
