using System.Collections.Generic;
using Esp32Tools.Devices;
using Esp32Tools.Results;

namespace Esp32Tools.Flash;

/// <summary>The properties of a flash memory, as it reports them.</summary>
public sealed record FlashChipInfo
{
    /// <summary>Port of the device.</summary>
    public required string PortName { get; init; }

    /// <summary>Maker, type and capacity.</summary>
    public required FlashIdentity Identity { get; init; }

    /// <summary>The maker, if known.</summary>
    public string Manufacturer => Identity.Manufacturer;

    /// <summary>JEDEC number of the maker.</summary>
    public int ManufacturerId => Identity.ManufacturerId;

    /// <summary>Type and capacity as the field writes them, such as 0x4016.</summary>
    public int DeviceId => Identity.DeviceId;

    /// <summary>Size in bytes: that of the parameter table, or else of the capacity code; null when neither gives it.</summary>
    public long? Size => Sfdp?.Size ?? Identity.Size;

    /// <summary>
    /// The unique id of the part (command 0x4B), 16 hexadecimal digits, first byte first; null where the part has none.
    /// </summary>
    public string? UniqueId { get; init; }

    /// <summary>
    /// Status registers 1 to 3 (commands 0x05, 0x35, 0x15), the first in bits 7:0. For a missing register the value is
    /// undefined: the state of the pins.
    /// </summary>
    public required uint Status { get; init; }

    /// <summary>The status registers one by one.</summary>
    public ResultList<int> StatusRegisters => new([(int)(Status & 0xFF), (int)((Status >> 8) & 0xFF), (int)((Status >> 16) & 0xFF)]);

    /// <summary>True when block protection bits are set (BP0 to BP2, bits 4:2 of register 1): a part of the flash is write-protected.</summary>
    public bool IsProtected => (Status & 0x1C) != 0;

    /// <summary>
    /// True when the part uses its pins WP and HOLD for four-line transfers; null when the parameter table does not give
    /// the position of that bit.
    /// </summary>
    public bool? QuadEnabled => Sfdp?.QuadEnableBit is int bit ? (Status & (1u << bit)) != 0 : null;

    /// <summary>The parameter table of JESD216; null when the part has none.</summary>
    public FlashSfdp? Sfdp { get; init; }
}
