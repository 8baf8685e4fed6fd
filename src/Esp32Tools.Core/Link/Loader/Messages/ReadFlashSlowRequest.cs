namespace Esp32Tools.Link.Loader.Messages;

/// <summary>READ_FLASH_SLOW: address, length up to 64. The ROM always sends 64 bytes; those past the length are stale.</summary>
public sealed class ReadFlashSlowRequest : LoaderQuery<byte[]>
{
    /// <summary>The maximum length of one request, in bytes.</summary>
    public const int MaxLength = 64;

    /// <summary>Flash address.</summary>
    public required uint Address { get; init; }

    /// <summary>Length in bytes, 1 to 64.</summary>
    public required int Length { get; init; }

    /// <inheritdoc/>
    public override LoaderCommand Command => LoaderCommand.ReadFlashSlow;

    /// <inheritdoc/>
    public override bool IsRepeatable => true;

    /// <inheritdoc/>
    public override int ReplyDataLength(LoaderDialect dialect) => MaxLength;

    /// <inheritdoc/>
    public override byte[] ReadReply(LoaderReply reply, LoaderDialect dialect) => reply.Data(Length);

    /// <inheritdoc/>
    public override string Describe() => $"0x{Address:X} + {Length}";

    /// <inheritdoc/>
    protected override void WriteBody(BodyWriter body, LoaderDialect dialect) => body.Word(Address).Word((uint)Length);
}
