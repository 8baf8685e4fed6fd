using System;
using System.Collections.Generic;

namespace Esp32Tools.Chips;

/// <summary>Where eFuse tells the flash or PSRAM inside the package.</summary>
public sealed class EmbeddedMemoryFacts
{
    /// <summary>Its size as a code; 0 is none.</summary>
    public required BitField Capacity { get; init; }

    /// <summary>Megabytes by code. The vendor has not published those of every chip.</summary>
    public IReadOnlyDictionary<uint, int> Megabytes { get; init; } = new Dictionary<uint, int>();

    /// <summary>True when a code that is not listed means none: the package number of the ESP32, which tells more than this.</summary>
    public bool UnlistedIsNone { get; init; }

    /// <summary>Its maker as a code; null where eFuse does not tell.</summary>
    public BitField? Vendor { get; init; }

    /// <summary>Makers by code, in the vendor's abbreviations.</summary>
    public IReadOnlyDictionary<uint, string> Vendors { get; init; } = new Dictionary<uint, string>();

    /// <summary>Reads what is in the package; null when there is nothing.</summary>
    /// <param name="readRegister">Gives the word at an address.</param>
    public EmbeddedMemory? Read(Func<uint, uint> readRegister)
    {
        uint code = Capacity.Read(readRegister);
        bool isListed = Megabytes.TryGetValue(code, out int megabytes);
        if (code == 0 || (UnlistedIsNone && !isListed))
        {
            return null;
        }

        long? size = isListed ? (long)megabytes << 20 : null;
        string? vendor = Vendor is not null && Vendors.TryGetValue(Vendor.Read(readRegister), out string? name) ? name : null;
        return new EmbeddedMemory((int)code, size, vendor);
    }
}
