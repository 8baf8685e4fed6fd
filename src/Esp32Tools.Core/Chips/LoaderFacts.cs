using System.Collections.Generic;

namespace Esp32Tools.Chips;

/// <summary>How the chip's ROM loader and its stub differ from chip to chip.</summary>
public sealed class LoaderFacts
{
    /// <summary>Words in FLASH_BEGIN and FLASH_DEFL_BEGIN to the ROM: 4 on the ESP32, 5 (with the encrypted flag) since.</summary>
    public int FlashBeginWordsRom { get; init; } = 5;

    /// <summary>Bytes of status behind the data of a ROM reply; the stub always uses 2.</summary>
    public int RomStatusLength { get; init; } = 4;

    /// <summary>Bytes of data in the ROM's answer to GET_SECURITY_INFO; 0 when it does not know the command.</summary>
    public int RomSecurityInfoLength { get; init; } = 20;

    /// <summary>Version of its interface that the ROM names in GET_SECURITY_INFO, where it names one.</summary>
    public uint SecurityInfoVersion { get; init; }

    /// <summary>True when the chip has a secure download mode.</summary>
    public bool HasSecureDownloadMode { get; init; } = true;

    /// <summary>Bytes per block of a RAM load.</summary>
    public int RamBlockSize { get; init; } = 0x1800;

    /// <summary>Bytes per block of a flash write through the ROM.</summary>
    public int FlashBlockSizeRom { get; init; } = 0x400;

    /// <summary>Bytes per block of a flash write through the stub.</summary>
    public int FlashBlockSizeStub { get; init; } = 0x4000;

    /// <summary>True when the ROM encrypts while writing.</summary>
    public bool RomWritesEncrypted { get; init; } = true;

    /// <summary>Name of the stub file without its ending; null where no stub exists.</summary>
    public string? StubName { get; init; }

    /// <summary>True when the stub cannot be loaded once secure boot is on.</summary>
    public bool NoStubUnderSecureBoot { get; init; }

    /// <summary>How a baud rate has to be named to the ROM.</summary>
    public RomBaudRule RomBaudRule { get; init; } = RomBaudRule.Plain;

    /// <summary>Register that the ROM's idea of its clock follows from, where <see cref="RomBaudRule"/> asks for one; null elsewhere.</summary>
    public uint? RomClockRegister { get; init; }
}
