namespace Esp32Tools.Simulator;

/// <summary>What the processor of a virtual board runs.</summary>
public enum BoardState
{
    /// <summary>Nothing any more: an exception stopped it, or it has no power.</summary>
    Halted,

    /// <summary>The program in its flash, one that was loaded into RAM, or the ROM complaining that there is none.</summary>
    Application,

    /// <summary>The loader in its ROM.</summary>
    RomLoader,

    /// <summary>A flasher stub.</summary>
    Stub,
}
