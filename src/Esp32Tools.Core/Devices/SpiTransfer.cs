namespace Esp32Tools.Devices;

/// <summary>One command to the flash memory.</summary>
/// <param name="Command">Command byte, such as 0x9F.</param>
internal readonly record struct SpiTransfer(byte Command)
{
    /// <summary>Number of bits to read, up to 512.</summary>
    public int ReadBits { get; init; }

    /// <summary>Address.</summary>
    public uint Address { get; init; }

    /// <summary>Length of the address in bits; 0 for none.</summary>
    public int AddressBits { get; init; }

    /// <summary>Number of dummy bits between address and data.</summary>
    public int DummyBits { get; init; }

    /// <summary>The bytes to send, up to 64.</summary>
    public byte[] Data { get; init; } = [];
}
