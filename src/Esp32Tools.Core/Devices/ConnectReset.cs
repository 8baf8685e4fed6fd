namespace Esp32Tools.Devices;

/// <summary>What a connection does before it says hello.</summary>
public enum ConnectReset
{
    /// <summary>Resets into the loader by the sequences that suit the port.</summary>
    DefaultReset,

    /// <summary>Resets by the sequence of the chip's own USB-Serial-JTAG port.</summary>
    UsbReset,

    /// <summary>Leaves the lines alone; the chip is in the loader already, ROM or stub.</summary>
    NoReset,

    /// <summary>Leaves the lines alone and does not sync either: the session goes on where another left off.</summary>
    NoResetNoSync,
}
