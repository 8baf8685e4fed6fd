namespace Esp32Tools.Link.Loader.Messages;

/// <summary>
/// READ_FLASH (stub): address, size, packet size, packets in flight. The answer is followed by frames of raw data, each to be
/// acknowledged by a frame with the number of bytes received so far, and at the end a frame with the MD5 of all data.
/// </summary>
public sealed class ReadFlashRequest : LoaderRequest
{
    /// <summary>Largest packet the stub sends, in bytes.</summary>
    public const int MaxPacket = 0x1000;

    /// <summary>Flash address.</summary>
    public required uint Address { get; init; }

    /// <summary>Length in bytes.</summary>
    public required uint Length { get; init; }

    /// <summary>Packets the stub may send ahead of the acknowledgement; version 1.1 always sends one.</summary>
    public uint MaxInFlight { get; init; } = 64;

    /// <inheritdoc/>
    public override LoaderCommand Command => LoaderCommand.ReadFlash;

    /// <inheritdoc/>
    public override string Describe() => $"0x{Address:X} + {Length}";

    /// <inheritdoc/>
    protected override void WriteBody(BodyWriter body, LoaderDialect dialect) =>
        body.Word(Address).Word(Length).Word(MaxPacket).Word(MaxInFlight);
}
