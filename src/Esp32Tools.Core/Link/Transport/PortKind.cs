namespace Esp32Tools.Link.Transport;

/// <summary>The kind of device behind a port name.</summary>
public enum PortKind
{
    /// <summary>A serial port of unknown make.</summary>
    Serial,

    /// <summary>A USB to serial bridge (CP210x, CH34x, FTDI, ...).</summary>
    Bridge,

    /// <summary>The chip's own USB-Serial-JTAG peripheral.</summary>
    UsbSerialJtag,

    /// <summary>Another USB port that Espressif's vendor id marks as a chip's own (USB-OTG).</summary>
    UsbOtg,

    /// <summary>A port reached over the network.</summary>
    Network,

    /// <summary>A virtual chip in this process.</summary>
    Virtual,
}
