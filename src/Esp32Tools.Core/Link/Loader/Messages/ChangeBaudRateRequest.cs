namespace Esp32Tools.Link.Loader.Messages;

/// <summary>CHANGE_BAUDRATE: new rate, and for the stub the old one. Answered at the old rate.</summary>
public sealed class ChangeBaudRateRequest : LoaderRequest
{
    /// <summary>New rate as sent to the loader; may be corrected for the ROM's clock error.</summary>
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
