namespace Esp32Tools.Simulator.Lines;

/// <summary>The effect of a change of the modem lines on the chip.</summary>
internal enum LineEffect
{
    /// <summary>No immediate effect.</summary>
    None,

    /// <summary>It is held in reset from now on.</summary>
    Hold,

    /// <summary>It restarts.</summary>
    Restart,
}
