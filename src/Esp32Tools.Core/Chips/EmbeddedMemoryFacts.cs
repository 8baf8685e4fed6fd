using System.Collections.Generic;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Chips;

/// <summary>Where eFuse tells the flash or PSRAM inside the package.</summary>
public sealed class EmbeddedMemoryFacts
{
    /// <summary>Its size as a code; 0 is none.</summary>
    public required EfuseRole Capacity { get; init; }

    /// <summary>Megabytes by code. The vendor has not published those of every chip.</summary>
    public IReadOnlyDictionary<uint, int> Megabytes { get; init; } = new Dictionary<uint, int>();

    /// <summary>True when a code that is not listed means none: the package number of the ESP32, which tells more than this.</summary>
    public bool UnlistedIsNone { get; init; }

    /// <summary>Its maker as a code; null where eFuse does not tell.</summary>
    public EfuseRole? Vendor { get; init; }

    /// <summary>Makers by code, in the vendor's abbreviations.</summary>
    public IReadOnlyDictionary<uint, string> Vendors { get; init; } = new Dictionary<uint, string>();

    /// <summary>Reads what is in the package; null when there is nothing.</summary>
    /// <param name="fuses">The eFuses.</param>
    public EmbeddedMemory? Read(EfuseView fuses)
    {
        uint code = fuses.Read(Capacity);
        bool isListed = Megabytes.TryGetValue(code, out int megabytes);
        if (code == 0 || (UnlistedIsNone && !isListed))
        {
            return null;
        }

        long? size = isListed ? (long)megabytes << 20 : null;
        string? vendor = Vendor is { } role && Vendors.TryGetValue(fuses.Read(role), out string? name) ? name : null;
        return new EmbeddedMemory((int)code, size, vendor);
    }
}
