using System;
using System.Text;
using Esp32Tools.Compat;
using Esp32Tools.Errors;

namespace Esp32Tools.Link.Loader.Messages;

/// <summary>SPI_FLASH_MD5: address, size, 0, 0. The ROM answers with 32 hexadecimal digits, the stub with 16 bytes.</summary>
public sealed class FlashDigestRequest : LoaderQuery<byte[]>
{
    /// <summary>Flash address; the ROM needs a multiple of 4.</summary>
    public required uint Address { get; init; }

    /// <summary>Length in bytes.</summary>
    public required uint Length { get; init; }

    /// <inheritdoc/>
    public override LoaderCommand Command => LoaderCommand.SpiFlashMd5;

    /// <inheritdoc/>
    public override TimeSpan Timeout => LoaderTimeouts.Digest(Length);

    /// <inheritdoc/>
    public override bool IsRepeatable => true;

    /// <inheritdoc/>
    public override int ReplyDataLength(LoaderDialect dialect) => dialect.IsStub ? 16 : 32;

    /// <summary>The MD5 digest, 16 bytes.</summary>
    public override byte[] ReadReply(LoaderReply reply, LoaderDialect dialect)
    {
        byte[] data = reply.Data(ReplyDataLength(dialect));
        if (dialect.IsStub)
        {
            return data;
        }

        string text = Encoding.ASCII.GetString(data);
        return Hex.TryDecode(text, out byte[] digest) ? digest : throw new LoaderException(
            ErrorCode.UnexpectedReply,
            $"The chip's digest of 0x{Address:X} + {Length} is not hexadecimal text.",
            "Try again at a lower baud rate.")
        { Command = "SPI_FLASH_MD5", IsTransient = true };
    }

    /// <inheritdoc/>
    public override string Describe() => $"0x{Address:X} + {Length}";

    /// <inheritdoc/>
    protected override void WriteBody(BodyWriter body, LoaderDialect dialect) => body.Word(Address).Word(Length).Word(0).Word(0);
}
