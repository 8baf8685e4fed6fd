namespace Esp32Tools.Link.Loader.Messages;

/// <summary>READ_REG: address. The word comes in the answer's header.</summary>
public sealed class ReadRegisterRequest : LoaderQuery<uint>
{
    /// <summary>Address of the word.</summary>
    public required uint Address { get; init; }

    /// <inheritdoc/>
    public override LoaderCommand Command => LoaderCommand.ReadRegister;

    /// <inheritdoc/>
    public override bool IsRepeatable => true;

    /// <inheritdoc/>
    public override uint ReadReply(LoaderReply reply, LoaderDialect dialect) => reply.Value;

    /// <inheritdoc/>
    public override string Describe() => $"0x{Address:X8}";

    /// <inheritdoc/>
    protected override void WriteBody(BodyWriter body, LoaderDialect dialect) => body.Word(Address);
}
