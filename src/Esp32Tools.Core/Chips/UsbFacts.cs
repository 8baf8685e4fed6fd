using System.Collections.Generic;

namespace Esp32Tools.Chips;

/// <summary>USB ports of the chip itself.</summary>
public sealed class UsbFacts
{
    /// <summary>True when it has a USB-Serial-JTAG peripheral (303A:1001).</summary>
    public bool HasSerialJtag { get; init; }

    /// <summary>True when it has a USB-OTG peripheral that can carry the loader (303A, product id = chip id in images).</summary>
    public bool HasOtg { get; init; }

    /// <summary>How a session over USB-OTG restarts the chip.</summary>
    public OtgRestart OtgRestart { get; init; }

    /// <summary>Strapping bit that was high when the chip was to start from flash; null where nobody has to know.</summary>
    public BitField? FlashBootStrap { get; init; }

    /// <summary>Bit by which software asked for the loader at the next start; null where nobody has to know.</summary>
    public BitField? ForceDownload { get; init; }

    /// <summary>True when <see cref="ForceDownload"/> has to be cleared before a reset, or the chip comes back to the loader.</summary>
    public bool ClearForceDownload { get; init; }

    /// <summary>The pins of D- and D+; whoever uses them for the flash loses the USB port.</summary>
    public IReadOnlyList<int> Pins { get; init; } = [];
}
