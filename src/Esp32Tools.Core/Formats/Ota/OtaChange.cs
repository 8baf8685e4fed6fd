using System.Collections.Generic;

namespace Esp32Tools.Formats.Ota;

/// <summary>
/// The sectors to write for a new choice, in this order. If the power fails at any point, either the old or the new application
/// boots, and nothing else.
/// </summary>
public sealed class OtaChange
{
    internal OtaChange(IReadOnlyList<(int Copy, byte[]? Sector)> steps, OtaData after)
    {
        Steps = steps;
        After = after;
    }

    /// <summary>The copies to erase, and the entry to write into each; null for none. Empty when nothing has to change.</summary>
    public IReadOnlyList<(int Copy, byte[]? Sector)> Steps { get; }

    /// <summary>Otadata after the change.</summary>
    public OtaData After { get; }
}
