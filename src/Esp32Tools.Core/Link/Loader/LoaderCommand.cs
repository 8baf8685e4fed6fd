namespace Esp32Tools.Link.Loader;

/// <summary>Commands of the ROM loader and of the stub, by their byte on the wire.</summary>
public enum LoaderCommand : byte
{
    /// <summary>Begins a plain flash write and erases the range.</summary>
    FlashBegin = 0x02,

    /// <summary>A block of a plain flash write.</summary>
    FlashData = 0x03,

    /// <summary>Ends a plain flash write.</summary>
    FlashEnd = 0x04,

    /// <summary>Begins a load into RAM.</summary>
    MemBegin = 0x05,

    /// <summary>Ends a load into RAM and may jump there.</summary>
    MemEnd = 0x06,

    /// <summary>A block of a load into RAM.</summary>
    MemData = 0x07,

    /// <summary>Synchronises the baud rate and finds out whether a loader answers.</summary>
    Sync = 0x08,

    /// <summary>Writes words.</summary>
    WriteRegister = 0x09,

    /// <summary>Reads a word.</summary>
    ReadRegister = 0x0A,

    /// <summary>Tells the ROM how large the flash is.</summary>
    SpiSetParameters = 0x0B,

    /// <summary>Connects the SPI controller to the flash.</summary>
    SpiAttach = 0x0D,

    /// <summary>ROM: reads up to 64 bytes of flash.</summary>
    ReadFlashSlow = 0x0E,

    /// <summary>Changes the baud rate.</summary>
    ChangeBaudRate = 0x0F,

    /// <summary>Begins a compressed flash write.</summary>
    FlashDeflateBegin = 0x10,

    /// <summary>A block of a compressed flash write.</summary>
    FlashDeflateData = 0x11,

    /// <summary>Ends a compressed flash write.</summary>
    FlashDeflateEnd = 0x12,

    /// <summary>Digest of a flash range.</summary>
    SpiFlashMd5 = 0x13,

    /// <summary>Security flags and chip id.</summary>
    GetSecurityInfo = 0x14,

    /// <summary>Stub: erases all flash.</summary>
    EraseFlash = 0xD0,

    /// <summary>Stub: erases whole sectors.</summary>
    EraseRegion = 0xD1,

    /// <summary>Stub: streams a flash range.</summary>
    ReadFlash = 0xD2,

    /// <summary>Stub: leaves the stub; gives no answer.</summary>
    RunUserCode = 0xD3,
}
