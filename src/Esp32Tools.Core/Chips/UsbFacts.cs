namespace Esp32Tools.Chips;

/// <summary>USB ports of the chip itself.</summary>
public sealed class UsbFacts
{
    /// <summary>True when it has a USB-Serial-JTAG peripheral (303A:1001).</summary>
    public bool HasSerialJtag { get; init; }

    /// <summary>True when it has a USB-OTG peripheral that can carry the loader.</summary>
    public bool HasOtg { get; init; }
}
