using System;

namespace Esp32Tools.Link.Loader;

/// <summary>How long the chip may take. Values of the reference tool (protocol notes, section 13); a megabyte has 1 000 000 bytes.</summary>
public static class LoaderTimeouts
{
    /// <summary>A command that does no work to speak of.</summary>
    public static TimeSpan Default { get; } = TimeSpan.FromSeconds(3);

    /// <summary>A sync.</summary>
    public static TimeSpan Sync { get; } = TimeSpan.FromSeconds(0.1);

    /// <summary>A sync over a way that was seen to be slow, such as a network.</summary>
    public static TimeSpan SlowSync { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Jump into RAM: the ROM does not always live to answer.</summary>
    public static TimeSpan MemoryEndRom { get; } = TimeSpan.FromSeconds(0.2);

    /// <summary>Erase of the whole flash.</summary>
    public static TimeSpan EraseChip { get; } = TimeSpan.FromSeconds(120);

    /// <summary>Erase of a range, and a write that erases ahead.</summary>
    public static TimeSpan Erase(long bytes) => Scaled(40, bytes);

    /// <summary>Digest of a range.</summary>
    public static TimeSpan Digest(long bytes) => Scaled(8, bytes);

    /// <summary>
    /// What the stub may do after it took a compressed block: write what it inflates to, and erase ahead of that.
    /// </summary>
    public static TimeSpan StubBlock(long inflatedBytes) =>
        Erase(inflatedBytes + ((((inflatedBytes + 0x7FFF) / 0x8000) + 1) * 0x1_0000));

    private static TimeSpan Scaled(double secondsPerMegabyte, long bytes) =>
        TimeSpan.FromSeconds(Math.Max(Default.TotalSeconds, secondsPerMegabyte * bytes / 1e6));
}
