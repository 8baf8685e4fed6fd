namespace Esp32Tools.Simulator;

/// <summary>The modem lines of a bridge that are wired to the chip.</summary>
public enum ResetWiring
{
    /// <summary>Both, by the usual two transistors: the host can reset the chip into its loader.</summary>
    Full,

    /// <summary>RTS to the reset pin, and nothing to the boot pin: a reset always starts the application.</summary>
    ResetOnly,

    /// <summary>None: the host cannot reset the chip.</summary>
    None,
}
