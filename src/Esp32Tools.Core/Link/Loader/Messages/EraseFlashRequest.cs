using System;

namespace Esp32Tools.Link.Loader.Messages;

/// <summary>ERASE_FLASH (stub): no body; answered when all of the flash is erased.</summary>
public sealed class EraseFlashRequest : LoaderRequest
{
    /// <inheritdoc/>
    public override LoaderCommand Command => LoaderCommand.EraseFlash;

    /// <inheritdoc/>
    public override TimeSpan Timeout => LoaderTimeouts.EraseChip;

    /// <inheritdoc/>
    public override string Describe() => string.Empty;

    /// <inheritdoc/>
    protected override void WriteBody(BodyWriter body, LoaderDialect dialect)
    {
    }
}
