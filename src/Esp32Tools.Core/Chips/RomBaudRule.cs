namespace Esp32Tools.Chips;

/// <summary>How the ROM turns the rate in CHANGE_BAUDRATE into a divider, and so what it has to be told.</summary>
public enum RomBaudRule
{
    /// <summary>It knows its clock: say the rate.</summary>
    Plain,

    /// <summary>
    /// ESP32: it derives its clock from the 8 MHz oscillator (CK8M) as calibrated in eFuse, and is off by that error:
    /// say baud * measured / true clock.
    /// </summary>
    CalibratedByCk8M,

    /// <summary>
    /// It works with a crystal that may not be the one on the board (<see cref="LoaderFacts.RomCrystalMHz"/>): say
    /// baud * assumed / real crystal.
    /// </summary>
    AssumesCrystal,
}
