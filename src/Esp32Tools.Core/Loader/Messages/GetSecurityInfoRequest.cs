namespace Esp32Tools.Loader.Messages;

/// <summary>GET_SECURITY_INFO: no body. 20 bytes of answer; the ESP32-S2 knows 12.</summary>
public sealed class GetSecurityInfoRequest : LoaderQuery<SecurityInfo>
{
    /// <summary>Bytes to expect.</summary>
    public int Length { get; init; } = SecurityInfo.FullLength;

    /// <inheritdoc/>
    public override LoaderCommand Command => LoaderCommand.GetSecurityInfo;

    /// <inheritdoc/>
    public override bool IsRepeatable => true;

    /// <inheritdoc/>
    public override int ReplyDataLength(LoaderDialect dialect) => Length;

    /// <inheritdoc/>
    public override SecurityInfo ReadReply(LoaderReply reply, LoaderDialect dialect) => new(reply.Data(Length));

    /// <inheritdoc/>
    public override string Describe() => string.Empty;

    /// <inheritdoc/>
    protected override void WriteBody(BodyWriter body, LoaderDialect dialect)
    {
    }
}
