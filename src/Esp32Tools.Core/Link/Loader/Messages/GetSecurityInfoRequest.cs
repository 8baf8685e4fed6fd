namespace Esp32Tools.Link.Loader.Messages;

/// <summary>
/// GET_SECURITY_INFO: no body. The answer has 20 bytes, on the ESP32-S2 12; the chip is not known before, so the
/// length of the answer decides.
/// </summary>
public sealed class GetSecurityInfoRequest : LoaderQuery<SecurityInfo>
{
    /// <inheritdoc/>
    public override LoaderCommand Command => LoaderCommand.GetSecurityInfo;

    /// <inheritdoc/>
    public override bool IsRepeatable => true;

    /// <inheritdoc/>
    public override int ReplyDataLength(LoaderDialect dialect) => SecurityInfo.FullLength;

    /// <inheritdoc/>
    public override SecurityInfo ReadReply(LoaderReply reply, LoaderDialect dialect) => new(reply.Data(DataLengthOf(reply, dialect)));

    /// <inheritdoc/>
    internal override int DataLengthOf(LoaderReply reply, LoaderDialect dialect) =>
        reply.Length >= SecurityInfo.FullLength + LoaderReply.ShortestStatus ? SecurityInfo.FullLength : SecurityInfo.ShortLength;

    /// <inheritdoc/>
    public override string Describe() => string.Empty;

    /// <inheritdoc/>
    protected override void WriteBody(BodyWriter body, LoaderDialect dialect)
    {
    }
}
