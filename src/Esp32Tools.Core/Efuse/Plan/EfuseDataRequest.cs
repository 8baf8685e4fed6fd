using System;

namespace Esp32Tools.Efuse.Plan;

/// <summary>Raw bytes for a block, without any protection.</summary>
public sealed record EfuseDataRequest : EfuseRequest
{
    /// <summary>Block by any of its names; not block 0.</summary>
    public required string Block { get; init; }

    /// <summary>The bytes, first byte into the lowest bits: the whole block, or, with an offset, a part of it.</summary>
    public required EfuseKey Data { get; init; }

    /// <summary>Offset of the data in the block, in bytes; null for the whole block.</summary>
    public int? Offset { get; init; }

    /// <inheritdoc/>
    public override IDisposable? Secret => Data;
}
