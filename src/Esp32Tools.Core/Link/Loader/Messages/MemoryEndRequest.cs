using System;

namespace Esp32Tools.Link.Loader.Messages;

/// <summary>MEM_END: flag (1 to stay in the loader), entry address.</summary>
public sealed class MemoryEndRequest : LoaderRequest
{
    /// <summary>Address to jump to; 0 to stay in the loader.</summary>
    public required uint Entry { get; init; }

    /// <summary>Time limit for the answer.</summary>
    public TimeSpan JumpTimeout { get; init; } = LoaderTimeouts.MemoryEndRom;

    /// <inheritdoc/>
    public override LoaderCommand Command => LoaderCommand.MemEnd;

    /// <inheritdoc/>
    public override TimeSpan Timeout => JumpTimeout;

    /// <inheritdoc/>
    public override string Describe() => Entry == 0 ? "stay" : $"jump 0x{Entry:X8}";

    /// <inheritdoc/>
    protected override void WriteBody(BodyWriter body, LoaderDialect dialect) => body.Word(Entry == 0 ? 1u : 0u).Word(Entry);
}
