using System.Collections.Generic;

namespace Esp32Tools.Formats.Ota;

/// <summary>
/// What to write to change the choice: sectors, in this order. Wherever the power goes in between, what booted before or what
/// is to boot boots, and nothing else.
/// </summary>
public sealed class OtaChange
{
    internal OtaChange(IReadOnlyList<(int Copy, byte[]? Sector)> steps, OtaData after)
    {
        Steps = steps;
        After = after;
    }

    /// <summary>The copies to erase, and what to write into each; null for nothing. Empty when all is as it should be.</summary>
    public IReadOnlyList<(int Copy, byte[]? Sector)> Steps { get; }

    /// <summary>Otadata as it is then.</summary>
    public OtaData After { get; }
}
