namespace Esp32Tools.Link.Loader.Messages;

/// <summary>
/// SPI_ATTACH: pads of the flash (0 default, 1 HSPI, else hold &lt;&lt; 24 | cs &lt;&lt; 18 | d &lt;&lt; 12 | q &lt;&lt; 6 | clk), and for the
/// ROM a zero word. The stub attaches by itself.
/// </summary>
public sealed class SpiAttachRequest : LoaderRequest
{
    /// <summary>Pads of the flash; 0 for the default.</summary>
    public uint Pads { get; init; }

    /// <inheritdoc/>
    public override LoaderCommand Command => LoaderCommand.SpiAttach;

    /// <inheritdoc/>
    public override bool IsRepeatable => true;

    /// <inheritdoc/>
    public override string Describe() => $"pads 0x{Pads:X8}";

    /// <inheritdoc/>
    protected override void WriteBody(BodyWriter body, LoaderDialect dialect)
    {
        body.Word(Pads);
        if (!dialect.IsStub)
        {
            body.Word(0);
        }
    }
}
