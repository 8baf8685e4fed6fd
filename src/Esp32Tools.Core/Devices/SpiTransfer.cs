namespace Esp32Tools.Devices;

/// <summary>One command to the flash memory.</summary>
/// <param name="Command">Command byte, such as 0x9F.</param>
internal readonly record struct SpiTransfer(byte Command)
{
    /// <summary>Bits to read, up to 512.</summary>
    public int ReadBits { get; init; }

    /// <summary>Address.</summary>
    public uint Address { get; init; }

    /// <summary>Bits of address; 0 for none.</summary>
    public int AddressBits { get; init; }

    /// <summary>Bits to wait between address and data.</summary>
    public int DummyBits { get; init; }

    /// <summary>Bytes to send, up to 64.</summary>
    public byte[] Data { get; init; } = [];
}
