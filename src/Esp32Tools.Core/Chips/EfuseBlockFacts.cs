using System.Collections.Generic;

namespace Esp32Tools.Chips;

/// <summary>One eFuse block. Offsets are from the controller's base.</summary>
public sealed class EfuseBlockFacts
{
    /// <summary>Number in hardware.</summary>
    public required int Index { get; init; }

    /// <summary>Name, such as <c>BLOCK_KEY0</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Other names in common use.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>First read register.</summary>
    public required uint ReadOffset { get; init; }

    /// <summary>First write register.</summary>
    public uint WriteOffset { get; init; }

    /// <summary>Number of 32-bit words.</summary>
    public int Words { get; init; } = 8;

    /// <summary>Bit of WR_DIS that locks the whole block; null for block 0.</summary>
    public int? WriteDisableBit { get; init; }

    /// <summary>Bit of RD_DIS that hides the block; null where it cannot be hidden.</summary>
    public int? ReadDisableBit { get; init; }

    /// <summary>
    /// Bit of RD_DIS that hides the upper half where each half is hidden by a bit of its own (ESP32-C2; <see cref="ReadDisableBit"/>
    /// is that of the lower half); null on other chips.
    /// </summary>
    public int? UpperHalfReadDisableBit { get; init; }

    /// <summary>True when applications may define fields in it: user data and keys. The rest belongs to the chip.</summary>
    public bool IsForUsers { get; init; }

    /// <summary>True for a key block with a purpose field: <see cref="Tables.EfuseTable.FindPurposeOf"/>.</summary>
    public bool HasPurpose { get; init; }

    /// <summary>Newer chips: register and lowest bit of the 3-bit error count; null for block 0.</summary>
    public (uint Register, int Shift)? ErrorCount { get; init; }

    /// <summary>Newer chips: register and bit for a block that could not be corrected; null where there is none.</summary>
    public (uint Register, int Bit)? ErrorFail { get; init; }
}
