using System.Collections.Generic;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Chips;

/// <summary>The eFuse codes for the flash or PSRAM inside the package.</summary>
public sealed class EmbeddedMemoryFacts
{
    /// <summary>Its size as a code; 0 is none.</summary>
    public required EfuseRole Capacity { get; init; }

    /// <summary>Megabytes by code. The vendor has not published the codes of every chip.</summary>
    public IReadOnlyDictionary<uint, int> Megabytes { get; init; } = new Dictionary<uint, int>();

    /// <summary>True when an unlisted code means none: the package number of the ESP32, which has other meanings too.</summary>
    public bool UnlistedIsNone { get; init; }

    /// <summary>Its maker as a code; null where eFuse does not record it.</summary>
    public EfuseRole? Vendor { get; init; }

    /// <summary>Makers by code, in the vendor's abbreviations.</summary>
    public IReadOnlyDictionary<uint, string> Vendors { get; init; } = new Dictionary<uint, string>();

    /// <summary>Reads the memory in the package; null when there is none.</summary>
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
