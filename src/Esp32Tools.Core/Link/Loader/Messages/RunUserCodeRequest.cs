namespace Esp32Tools.Link.Loader.Messages;

/// <summary>RUN_USER_CODE (stub): no body and no answer. Version 1.1 of the stub does nothing with it.</summary>
public sealed class RunUserCodeRequest : LoaderRequest
{
    /// <inheritdoc/>
    public override LoaderCommand Command => LoaderCommand.RunUserCode;

    /// <inheritdoc/>
    public override string Describe() => string.Empty;

    /// <inheritdoc/>
    protected override void WriteBody(BodyWriter body, LoaderDialect dialect)
    {
    }
}
