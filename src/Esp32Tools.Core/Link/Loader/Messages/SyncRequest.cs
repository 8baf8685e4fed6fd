using System;

namespace Esp32Tools.Link.Loader.Messages;

/// <summary>SYNC: 07 07 12 20 and 32 times 55, from which the ROM measures the baud rate. Answered eight times.</summary>
public sealed class SyncRequest : LoaderQuery<uint>
{
    /// <summary>Time limit for the answer.</summary>
    public TimeSpan AnswerTimeout { get; init; } = LoaderTimeouts.Sync;

    /// <inheritdoc/>
    public override LoaderCommand Command => LoaderCommand.Sync;

    /// <inheritdoc/>
    public override TimeSpan Timeout => AnswerTimeout;

    /// <inheritdoc/>
    public override bool IsRepeatable => true;

    /// <summary>The value of the answer: 0 from a stub, nonzero from the ROM.</summary>
    public override uint ReadReply(LoaderReply reply, LoaderDialect dialect) => reply.Value;

    /// <inheritdoc/>
    public override string Describe() => string.Empty;

    /// <inheritdoc/>
    protected override void WriteBody(BodyWriter body, LoaderDialect dialect) => body.Word(0x2012_0707).Fill(0x55, 32);
}
