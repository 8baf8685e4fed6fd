namespace Esp32Tools.Devices;

/// <summary>The reset of a connection before its first sync.</summary>
public enum ConnectReset
{
    /// <summary>Resets into the loader by the sequences that suit the port.</summary>
    DefaultReset,

    /// <summary>Resets by the sequence of the chip's own USB-Serial-JTAG port.</summary>
    UsbReset,

    /// <summary>Leaves the lines alone; the chip is in its loader already, ROM or stub.</summary>
    NoReset,

    /// <summary>Leaves the lines alone and does not sync: the session continues where another ended.</summary>
    NoResetNoSync,
}
