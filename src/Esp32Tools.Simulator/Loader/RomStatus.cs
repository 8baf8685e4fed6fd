namespace Esp32Tools.Simulator.Loader;

/// <summary>Reasons in the second status byte of a ROM's reply (protocol.md, section 3).</summary>
internal enum RomStatus : byte
{
    Ok = 0x00,
    InvalidMessage = 0x05,
    FailedToAct = 0x06,
    BadChecksum = 0x07,
    FlashRead = 0x09,
    BadReadLength = 0x0A,
    DeflateFailed = 0x0B,
    DeflateCheck = 0x0C,
}
