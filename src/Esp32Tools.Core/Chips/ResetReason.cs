namespace Esp32Tools.Chips;

/// <summary>Why the chip starts, as its boot log tells it.</summary>
public enum ResetReason
{
    /// <summary>Power came, or the reset pin was released; the chips do not tell these apart.</summary>
    PowerOn,

    /// <summary>The RTC watchdog ran out.</summary>
    Watchdog,

    /// <summary>The supply dipped.</summary>
    BrownOut,

    /// <summary>The loader asked for it.</summary>
    Software,

    /// <summary>The chip's own USB port asked for it.</summary>
    Usb,
}
