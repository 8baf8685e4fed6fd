using System.Collections.Generic;

namespace Esp32Tools.Chips;

/// <summary>USB ports of the chip itself.</summary>
public sealed class UsbFacts
{
    /// <summary>True when it has a USB-Serial-JTAG peripheral (303A:1001).</summary>
    public bool HasSerialJtag { get; init; }

    /// <summary>True when it has a USB-OTG peripheral that can carry the loader (303A, product id = chip id in images).</summary>
    public bool HasOtg { get; init; }

    /// <summary>The restart of the chip in a session over USB-OTG.</summary>
    public OtgRestart OtgRestart { get; init; }

    /// <summary>Strapping bit that was high for a start from flash; null where it is not needed.</summary>
    public BitField? FlashBootStrap { get; init; }

    /// <summary>Bit by which software requested the loader for the next start; null where it is not needed.</summary>
    public BitField? ForceDownload { get; init; }

    /// <summary>True when <see cref="ForceDownload"/> must be cleared before a reset; otherwise the chip returns to the loader.</summary>
    public bool ClearForceDownload { get; init; }

    /// <summary>The pins of D- and D+; using them for the flash disables the USB port.</summary>
    public IReadOnlyList<int> Pins { get; init; } = [];
}
