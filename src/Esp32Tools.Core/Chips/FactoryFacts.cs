using System.Collections.Generic;

namespace Esp32Tools.Chips;

/// <summary>The factory state of a typical chip.</summary>
public sealed class FactoryFacts
{
    /// <summary>First three octets of the MAC addresses, the first one highest: one of the vendor's ranges.</summary>
    public uint MacPrefix { get; init; } = 0x60_55F9;

    /// <summary>The silicon revision usually sold, major * 100 + minor.</summary>
    public required int Revision { get; init; }

    /// <summary>
    /// Other values that the factory burns besides MAC and revision: numbers by the names of the eFuse fields, such as
    /// <c>FLASH_CAP</c> for a part with its flash in the package.
    /// </summary>
    public IReadOnlyDictionary<string, uint> Fuses { get; init; } = new Dictionary<string, uint>();
}
