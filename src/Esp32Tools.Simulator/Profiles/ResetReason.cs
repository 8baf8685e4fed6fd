namespace Esp32Tools.Simulator.Profiles;

/// <summary>Why the chip starts.</summary>
internal enum ResetReason
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
