using System;

namespace Esp32Tools.Link.Loader.Messages;

/// <summary>ERASE_REGION (stub): address and size, both multiples of 4096; answered when done.</summary>
public sealed class EraseRegionRequest : LoaderRequest
{
    /// <summary>Flash address.</summary>
    public required uint Address { get; init; }

    /// <summary>Length in bytes.</summary>
    public required uint Length { get; init; }

    /// <inheritdoc/>
    public override LoaderCommand Command => LoaderCommand.EraseRegion;

    /// <inheritdoc/>
    public override TimeSpan Timeout => LoaderTimeouts.Erase(Length);

    /// <inheritdoc/>
    public override string Describe() => $"0x{Address:X} + {Length}";

    /// <inheritdoc/>
    protected override void WriteBody(BodyWriter body, LoaderDialect dialect) => body.Word(Address).Word(Length);
}
