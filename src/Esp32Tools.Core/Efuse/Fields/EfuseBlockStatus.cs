namespace Esp32Tools.Efuse.Fields;

/// <summary>The state of a block according to the chip's own check bits.</summary>
public sealed record EfuseBlockStatus
{
    /// <summary>Port of the device; null for a block of a dump.</summary>
    public string? PortName { get; init; }

    /// <summary>Hardware number of the block.</summary>
    public required int Block { get; init; }

    /// <summary>Name of the block.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Number of wrong bits as counted by the chip: bits of block 0 that differ between its copies, corrected errors of a
    /// Reed-Solomon block, and on an ESP32 with 3/4 coding the decoder's warning bits.
    /// </summary>
    public int Errors { get; init; }

    /// <summary>True when there are more errors than the check bits can correct.</summary>
    public bool Failed { get; init; }

    /// <summary>True when there is nothing to report.</summary>
    public bool IsClean => Errors == 0 && !Failed;
}
