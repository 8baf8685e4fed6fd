using System;

namespace Esp32Tools.Link.Loader.Messages;

/// <summary>
/// FLASH_END and FLASH_DEFL_END: 0 to reboot, 1 to stay. The ROM leaves the loader in either case; the stub always stays,
/// and the answer to this request carries an error of the last block.
/// </summary>
public sealed class FlashEndRequest : LoaderRequest
{
    /// <summary>True after a deflate stream.</summary>
    public bool Compressed { get; init; }

    /// <summary>True to reboot.</summary>
    public bool Reboot { get; init; }

    /// <summary>Time limit for the work of the last block.</summary>
    public TimeSpan WorkTimeout { get; init; } = LoaderTimeouts.Default;

    /// <inheritdoc/>
    public override LoaderCommand Command => Compressed ? LoaderCommand.FlashDeflateEnd : LoaderCommand.FlashEnd;

    /// <inheritdoc/>
    public override TimeSpan Timeout => WorkTimeout;

    /// <inheritdoc/>
    public override string Describe() => Reboot ? "reboot" : "stay";

    /// <inheritdoc/>
    protected override void WriteBody(BodyWriter body, LoaderDialect dialect) => body.Word(Reboot ? 0u : 1u);
}
