using System;

namespace Esp32Tools.Link.Loader.Messages;

/// <summary>
/// FLASH_BEGIN and FLASH_DEFL_BEGIN: size, blocks, block size, offset, and (except on the ESP32's ROM) the encrypted flag.
/// The ROM erases the whole range before it answers; the stub erases during the write.
/// </summary>
public sealed class FlashBeginRequest : LoaderRequest
{
    /// <summary>Number of bytes to write; for the ROM, to erase.</summary>
    public required uint Size { get; init; }

    /// <summary>Number of blocks to come.</summary>
    public required uint Blocks { get; init; }

    /// <summary>Block size in bytes.</summary>
    public required uint BlockSize { get; init; }

    /// <summary>Flash address.</summary>
    public required uint Offset { get; init; }

    /// <summary>True for a deflate stream.</summary>
    public bool Compressed { get; init; }

    /// <summary>True when the chip must encrypt the data as it writes.</summary>
    public bool Encrypted { get; init; }

    /// <summary>Only the ROM erases before it answers.</summary>
    public bool ErasesFirst { get; init; }

    /// <inheritdoc/>
    public override LoaderCommand Command => Compressed ? LoaderCommand.FlashDeflateBegin : LoaderCommand.FlashBegin;

    /// <inheritdoc/>
    public override TimeSpan Timeout => ErasesFirst ? LoaderTimeouts.Erase(Size) : LoaderTimeouts.Default;

    /// <inheritdoc/>
    public override string Describe() =>
        $"offset 0x{Offset:X} size {Size} blocks {Blocks} x {BlockSize}{(Encrypted ? " encrypted" : string.Empty)}";

    /// <inheritdoc/>
    protected override void WriteBody(BodyWriter body, LoaderDialect dialect)
    {
        body.Word(Size).Word(Blocks).Word(BlockSize).Word(Offset);
        if (dialect.FlashBeginWords == 5)
        {
            body.Word(Encrypted ? 1u : 0u);
        }
    }
}
