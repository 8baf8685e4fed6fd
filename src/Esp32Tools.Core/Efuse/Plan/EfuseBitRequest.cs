using System.Collections.Generic;

namespace Esp32Tools.Efuse.Plan;

/// <summary>Single bits of a block.</summary>
public sealed record EfuseBitRequest : EfuseRequest
{
    /// <summary>Block by any of its names.</summary>
    public required string Block { get; init; }

    /// <summary>Bits to set; bit b is bit b % 32 of word b / 32.</summary>
    public required IReadOnlyList<int> Bits { get; init; }
}
