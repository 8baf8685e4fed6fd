namespace Esp32Tools.Simulator.Faults;

/// <summary>The kinds of fault.</summary>
public enum FaultKind
{
    /// <summary>A byte on the wire is lost.</summary>
    Drop,

    /// <summary>A byte on the wire arrives changed: exclusive-or 0x55.</summary>
    Corrupt,

    /// <summary>A byte on the wire, and all after it, arrive late.</summary>
    Delay,

    /// <summary>The cable is pulled right before a byte; the chip loses its power.</summary>
    Unplug,

    /// <summary>The supply dips: the chip resets right before a byte, or in the middle of erasing flash, programming it, or burning eFuses.</summary>
    BrownOut,

    /// <summary>The loader refuses a command with a status of choice.</summary>
    Refuse,

    /// <summary>The loader carries a command out, and its reply is lost.</summary>
    LoseReply,

    /// <summary>The loader gives a wrong digest.</summary>
    WrongDigest,

    /// <summary>One byte is written to flash wrongly; in an eFuse burn, the first new bit does not take until it is burned again.</summary>
    BadProgram,
}
