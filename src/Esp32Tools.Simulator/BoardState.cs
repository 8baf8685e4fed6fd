namespace Esp32Tools.Simulator;

/// <summary>The program that the processor of a virtual board runs.</summary>
public enum BoardState
{
    /// <summary>None: an exception stopped the processor, or it has no power.</summary>
    Halted,

    /// <summary>The program in its flash, a program loaded into RAM, or the ROM reporting that there is none.</summary>
    Application,

    /// <summary>The loader in its ROM.</summary>
    RomLoader,

    /// <summary>A flasher stub.</summary>
    Stub,
}
