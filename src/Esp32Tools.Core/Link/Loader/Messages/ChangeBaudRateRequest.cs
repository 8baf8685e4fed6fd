namespace Esp32Tools.Link.Loader.Messages;

/// <summary>CHANGE_BAUDRATE: new rate, and to the stub the old one. Answered at the old rate.</summary>
public sealed class ChangeBaudRateRequest : LoaderRequest
{
    /// <summary>New rate as the loader has to be told; the ROM's clock error may already be in it.</summary>
    public required uint NewRate { get; init; }

    /// <summary>Rate in use.</summary>
    public required uint OldRate { get; init; }

    /// <inheritdoc/>
    public override LoaderCommand Command => LoaderCommand.ChangeBaudRate;

    /// <inheritdoc/>
    public override string Describe() => $"{OldRate} -> {NewRate}";

    /// <inheritdoc/>
    protected override void WriteBody(BodyWriter body, LoaderDialect dialect) =>
        body.Word(NewRate).Word(dialect.IsStub ? OldRate : 0);
}
