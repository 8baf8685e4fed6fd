namespace Esp32Tools.Simulator.Loader;

/// <summary>Codes of a stub's reply, high byte first on the wire (protocol.md, section 3).</summary>
internal enum StubStatus : ushort
{
    Ok = 0x0000,
    BadLength = 0xC000,
    BadChecksum = 0xC100,
    UnknownCommand = 0xC300,
    FlashFailed = 0xC400,
    NotInFlashMode = 0xC600,
    InflateFailed = 0xC700,
    NotEnoughData = 0xC800,
    TooMuchData = 0xC900,
    NotImplemented = 0xFF00,
}
