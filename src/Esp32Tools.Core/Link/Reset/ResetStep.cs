using System;
using System.Globalization;

namespace Esp32Tools.Link.Reset;

/// <summary>One step of a reset: a level for one or both lines, or a wait.</summary>
/// <param name="DataTerminalReady">New level of DTR; null keeps it.</param>
/// <param name="RequestToSend">New level of RTS; null keeps it.</param>
/// <param name="Wait">Time to wait after the levels are set.</param>
public readonly record struct ResetStep(bool? DataTerminalReady, bool? RequestToSend, TimeSpan Wait)
{
    /// <summary>The step in the usual notation: <c>D0</c>, <c>R1</c>, <c>U1,0</c>, <c>W0.1</c>.</summary>
    public override string ToString() => (DataTerminalReady, RequestToSend) switch
    {
        (bool dtr, bool rts) => $"U{Bit(dtr)},{Bit(rts)}",
        (bool dtr, null) => $"D{Bit(dtr)}",
        (null, bool rts) => $"R{Bit(rts)}",
        _ => "W" + Wait.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture),
    };

    private static char Bit(bool value) => value ? '1' : '0';
}
