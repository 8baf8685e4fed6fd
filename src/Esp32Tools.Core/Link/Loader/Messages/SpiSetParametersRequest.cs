namespace Esp32Tools.Link.Loader.Messages;

/// <summary>SPI_SET_PARAMS: id 0, size, block 64 KB, sector 4 KB, page 256 bytes, status mask. Without it the ROM assumes 2 MB.</summary>
public sealed class SpiSetParametersRequest : LoaderRequest
{
    /// <summary>Size of the flash in bytes.</summary>
    public required uint FlashSize { get; init; }

    /// <inheritdoc/>
    public override LoaderCommand Command => LoaderCommand.SpiSetParameters;

    /// <inheritdoc/>
    public override bool IsRepeatable => true;

    /// <inheritdoc/>
    public override string Describe() => $"size {FlashSize}";

    /// <inheritdoc/>
    protected override void WriteBody(BodyWriter body, LoaderDialect dialect) =>
        body.Word(0).Word(FlashSize).Word(0x1_0000).Word(0x1000).Word(0x100).Word(0xFFFF);
}
