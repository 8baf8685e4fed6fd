namespace Esp32Tools.Simulator.Lines;

/// <summary>What a change of the modem lines does to the chip.</summary>
internal enum LineEffect
{
    /// <summary>Nothing at once.</summary>
    None,

    /// <summary>It is held in reset from now on.</summary>
    Hold,

    /// <summary>It starts anew.</summary>
    Restart,
}
