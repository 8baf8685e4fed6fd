using System;

namespace Esp32Tools.Link.Loader;

/// <summary>Time limits for answers. Values of the reference tool (protocol.md, section 13); a megabyte has 1 000 000 bytes.</summary>
public static class LoaderTimeouts
{
    /// <summary>A command without noticeable work.</summary>
    public static TimeSpan Default { get; } = TimeSpan.FromSeconds(3);

    /// <summary>A sync.</summary>
    public static TimeSpan Sync { get; } = TimeSpan.FromSeconds(0.1);

    /// <summary>A sync over a slow connection, such as a network.</summary>
    public static TimeSpan SlowSync { get; } = TimeSpan.FromSeconds(1);

    /// <summary>A jump into RAM: the ROM may be gone before it answers.</summary>
    public static TimeSpan MemoryEndRom { get; } = TimeSpan.FromSeconds(0.2);

    /// <summary>An erase of the whole flash.</summary>
    public static TimeSpan EraseChip { get; } = TimeSpan.FromSeconds(120);

    /// <summary>An erase of a range, or a write that erases ahead.</summary>
    public static TimeSpan Erase(long bytes) => Scaled(40, bytes);

    /// <summary>The digest of a range.</summary>
    public static TimeSpan Digest(long bytes) => Scaled(8, bytes);

    /// <summary>
    /// The work of the stub after it took a compressed block: write the inflated data, and erase ahead of that.
    /// </summary>
    public static TimeSpan StubBlock(long inflatedBytes) =>
        Erase(inflatedBytes + ((((inflatedBytes + 0x7FFF) / 0x8000) + 1) * 0x1_0000));

    private static TimeSpan Scaled(double secondsPerMegabyte, long bytes) =>
        TimeSpan.FromSeconds(Math.Max(Default.TotalSeconds, secondsPerMegabyte * bytes / 1e6));
}
