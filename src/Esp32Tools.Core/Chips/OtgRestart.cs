namespace Esp32Tools.Chips;

/// <summary>The way out of the loader for a chip that is reached over its own USB-OTG port.</summary>
public enum OtgRestart
{
    /// <summary>By the modem lines, as on any port.</summary>
    ModemLines,

    /// <summary>
    /// By the watchdog when the boot pin selected the loader and not software: a reset by the modem line does
    /// not latch the pins again.
    /// </summary>
    WatchdogWhenStrapped,

    /// <summary>By the watchdog always.</summary>
    Watchdog,
}
