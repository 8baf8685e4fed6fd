using System;
using System.Text;
using Esp32Tools.Chips;

namespace Esp32Tools.Simulator.Loader;

/// <summary>The first output of the ROM, and its texts as bytes.</summary>
internal static class BootLog
{
    // The mode that waits for a loader's host says so.
    private const string Waiting = "waiting for download\r\n";

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The ROM's first lines.</summary>
    /// <param name="boot">The facts of the chip's boot.</param>
    /// <param name="reason">Why the chip has restarted.</param>
    /// <param name="strap">The strapping value.</param>
    public static byte[] Header(BootFacts boot, ResetReason reason, uint strap)
    {
        string mode = boot.Modes.TryGetValue(strap, out string? name) ? name : "UNKNOWN";
        string waiting = mode.StartsWith("DOWNLOAD", StringComparison.Ordinal) ? Waiting : string.Empty;
        return Text(FormattableString.Invariant($"{boot.Banner}rst:{boot.Reasons[reason]},boot:0x{strap:x} ({mode})\r\n{waiting}"));
    }
}
