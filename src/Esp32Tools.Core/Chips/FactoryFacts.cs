using System.Collections.Generic;

namespace Esp32Tools.Chips;

/// <summary>What a chip is like when it leaves the factory, as far as a usual one can be told.</summary>
public sealed class FactoryFacts
{
    /// <summary>First three octets of the MAC addresses, the first one highest: one of the vendor's ranges.</summary>
    public uint MacPrefix { get; init; } = 0x60_55F9;

    /// <summary>Silicon revision that is usually sold, major * 100 + minor.</summary>
    public required int Revision { get; init; }

    /// <summary>
    /// What the factory burns beside MAC and revision: numbers by the names of the eFuse fields, such as
    /// <c>FLASH_CAP</c> for a part with its flash in the package.
    /// </summary>
    public IReadOnlyDictionary<string, uint> Fuses { get; init; } = new Dictionary<string, uint>();
}
