namespace Esp32Tools.Devices;

/// <summary>The state in which a session leaves the chip.</summary>
public enum LeaveMode
{
    /// <summary>Resets it into its application by the modem lines.</summary>
    HardReset,

    /// <summary>Makes the loader jump to the application.</summary>
    SoftReset,

    /// <summary>Lets the chip's watchdog reset it; for ports without lines.</summary>
    WatchdogReset,

    /// <summary>Leaves it in the loader.</summary>
    NoReset,

    /// <summary>Leaves it in the stub, for a later session that connects without reset.</summary>
    StayInStub,
}
