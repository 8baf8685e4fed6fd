using System;
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

    /// <summary>True when CHANGE_BAUDRATE may be used in secure download mode.</summary>
    public bool ChangesBaudRateInSecureDownload { get; init; } = true;

    /// <summary>Bytes per block of a RAM load.</summary>
    public int RamBlockSize { get; init; } = 0x1800;

    /// <summary>Bytes per block of a flash write through the ROM.</summary>
    public int FlashBlockSizeRom { get; init; } = 0x400;

    /// <summary>Bytes per block of a flash write through the stub.</summary>
    public int FlashBlockSizeStub { get; init; } = 0x4000;

    /// <summary>Bytes per block of a RAM load, and of a flash write through the stub, over the chip's own USB-OTG port.</summary>
    public int UsbOtgBlockSize { get; init; } = 0x800;

    /// <summary>True when the ROM encrypts while writing.</summary>
    public bool RomWritesEncrypted { get; init; } = true;

    /// <summary>Name of the stub file without its ending; null where no stub exists.</summary>
    public string? StubName { get; init; }

    /// <summary>What early silicon takes in place of <see cref="StubName"/>, earliest first; empty where all take the same.</summary>
    public IReadOnlyList<StubVariant> EarlyStubs { get; init; } = [];

    /// <summary>True when the stub cannot be loaded once secure boot is on.</summary>
    public bool NoStubUnderSecureBoot { get; init; }

    /// <summary>
    /// Word of RAM with a function that the ROM calls for READ_FLASH_SLOW: the way to start the stub once secure boot is on,
    /// where the ROM does not jump any more. Null where it is not needed.
    /// </summary>
    public uint? StubStartPointer { get; init; }

    /// <summary>True when the stub reaches flash above 16 MB; no ROM does.</summary>
    public bool StubReachesAbove16MB { get; init; }

    /// <summary>How a baud rate has to be named to the ROM.</summary>
    public RomBaudRule RomBaudRule { get; init; } = RomBaudRule.Plain;

    /// <summary>Register that the ROM's idea of its clock follows from, where <see cref="RomBaudRule"/> asks for one; null elsewhere.</summary>
    public uint? RomClockRegister { get; init; }

    /// <summary>The crystal frequency in MHz that the ROM works with under <see cref="RomBaudRule.AssumesCrystal"/>; null elsewhere.</summary>
    public Func<Func<uint, uint>, uint>? RomCrystalMHz { get; init; }

    /// <summary>Name of the stub for a silicon revision; null when there is none.</summary>
    /// <param name="revision">Silicon revision, major * 100 + minor.</param>
    public string? GetStub(int revision)
    {
        foreach (StubVariant early in EarlyStubs)
        {
            if (revision < early.BelowRevision)
            {
                return early.StubName;
            }
        }

        return StubName;
    }
}
