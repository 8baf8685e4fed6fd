namespace Esp32Tools.Chips;

/// <summary>The way in which the ROM converts the rate in CHANGE_BAUDRATE to a divider; it determines the rate to send.</summary>
public enum RomBaudRule
{
    /// <summary>It knows its clock: send the rate.</summary>
    Plain,

    /// <summary>
    /// ESP32: it derives its clock from the 8 MHz oscillator (CK8M) as calibrated in eFuse, and is off by that error:
    /// send baud * measured / true clock.
    /// </summary>
    CalibratedByCk8M,

    /// <summary>
    /// It assumes a crystal that may not be the one on the board (<see cref="LoaderFacts.RomCrystalMHz"/>): send
    /// baud * assumed / real crystal.
    /// </summary>
    AssumesCrystal,
}
