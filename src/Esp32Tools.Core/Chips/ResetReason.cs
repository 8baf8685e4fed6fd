namespace Esp32Tools.Chips;

/// <summary>The reason of a start, as the boot log reports it.</summary>
public enum ResetReason
{
    /// <summary>Power-on, or release of the reset pin; the chips do not distinguish these.</summary>
    PowerOn,

    /// <summary>The RTC watchdog expired.</summary>
    Watchdog,

    /// <summary>The supply dipped.</summary>
    BrownOut,

    /// <summary>The loader requested it.</summary>
    Software,

    /// <summary>The chip's own USB port requested it.</summary>
    Usb,
}
