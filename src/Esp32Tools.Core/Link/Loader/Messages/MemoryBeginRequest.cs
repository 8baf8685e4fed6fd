namespace Esp32Tools.Link.Loader.Messages;

/// <summary>MEM_BEGIN: size, blocks, block size, address.</summary>
public sealed class MemoryBeginRequest : LoaderRequest
{
    /// <summary>Number of bytes to load.</summary>
    public required uint Size { get; init; }

    /// <summary>Number of blocks to come.</summary>
    public required uint Blocks { get; init; }

    /// <summary>Block size in bytes; the last block may be shorter.</summary>
    public required uint BlockSize { get; init; }

    /// <summary>Address in RAM.</summary>
    public required uint Address { get; init; }

    /// <inheritdoc/>
    public override LoaderCommand Command => LoaderCommand.MemBegin;

    /// <inheritdoc/>
    public override string Describe() => $"address 0x{Address:X8} size {Size} blocks {Blocks} x {BlockSize}";

    /// <inheritdoc/>
    protected override void WriteBody(BodyWriter body, LoaderDialect dialect) =>
        body.Word(Size).Word(Blocks).Word(BlockSize).Word(Address);
}
