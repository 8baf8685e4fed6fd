namespace Esp32Tools.Simulator.Loader;

/// <summary>The ROM's answer to a flash command.</summary>
/// <param name="Reason">Second status byte.</param>
/// <param name="Data">Data before the status.</param>
/// <param name="Failed">First status byte; follows from the reason, but for one case (<see cref="RomBlocks.Failed"/>).</param>
internal readonly record struct RomAnswer(RomStatus Reason, byte[] Data, bool Failed)
{
    public RomAnswer(RomStatus reason)
        : this(reason, [])
    {
    }

    public RomAnswer(RomStatus reason, byte[] data)
        : this(reason, data, reason != RomStatus.Ok)
    {
    }
}
