namespace Esp32Tools.Chips;

/// <summary>How a chip that is reached over its own USB-OTG port gets out of the loader.</summary>
public enum OtgRestart
{
    /// <summary>By the modem lines, as on any port.</summary>
    ModemLines,

    /// <summary>
    /// By the watchdog when the boot pin held it in the loader and no software asked for it: the line that resets it does
    /// not latch the pins anew.
    /// </summary>
    WatchdogWhenStrapped,

    /// <summary>By the watchdog always.</summary>
    Watchdog,
}
