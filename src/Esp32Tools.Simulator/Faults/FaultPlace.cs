namespace Esp32Tools.Simulator.Faults;

/// <summary>The events that are counted until a fault happens.</summary>
public enum FaultPlace
{
    /// <summary>Bytes from the host to the chip.</summary>
    HostToChip,

    /// <summary>Bytes from the chip to the host.</summary>
    ChipToHost,

    /// <summary>Requests with one command, or with any.</summary>
    Command,

    /// <summary>Writes of a loader into flash: one for each block, or for each piece of a decompressed block.</summary>
    FlashWrite,

    /// <summary>Erases of a loader: one for each sector, each block of 64 KB, or the whole part.</summary>
    FlashErase,

    /// <summary>Digests made.</summary>
    Digest,

    /// <summary>Program commands of the eFuse controller.</summary>
    EfuseBurn,
}
