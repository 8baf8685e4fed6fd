using System;
using System.Collections.Generic;

namespace Esp32Tools.Chips;

/// <summary>The differences of the ROM loader and its stub between chips.</summary>
public sealed class LoaderFacts
{
    /// <summary>Number of words in FLASH_BEGIN and FLASH_DEFL_BEGIN for the ROM: 4 on the ESP32, 5 (with the encrypted flag) since.</summary>
    public int FlashBeginWordsRom { get; init; } = 5;

    /// <summary>Length of the status behind the data of a ROM reply, in bytes; the stub always uses 2.</summary>
    public int RomStatusLength { get; init; } = 4;

    /// <summary>Length of the data in the ROM's answer to GET_SECURITY_INFO, in bytes; 0 when it does not know the command.</summary>
    public int RomSecurityInfoLength { get; init; } = 20;

    /// <summary>Version of its interface that the ROM reports in GET_SECURITY_INFO, if any.</summary>
    public uint SecurityInfoVersion { get; init; }

    /// <summary>True when the chip has a secure download mode.</summary>
    public bool HasSecureDownloadMode { get; init; } = true;

    /// <summary>True when CHANGE_BAUDRATE may be used in secure download mode.</summary>
    public bool ChangesBaudRateInSecureDownload { get; init; } = true;

    /// <summary>Block size of a RAM load, in bytes.</summary>
    public int RamBlockSize { get; init; } = 0x1800;

    /// <summary>Block size of a flash write through the ROM, in bytes.</summary>
    public int FlashBlockSizeRom { get; init; } = 0x400;

    /// <summary>Block size of a flash write through the stub, in bytes.</summary>
    public int FlashBlockSizeStub { get; init; } = 0x4000;

    /// <summary>Block size of a RAM load, and of a flash write through the stub, over the chip's own USB-OTG port, in bytes.</summary>
    public int UsbOtgBlockSize { get; init; } = 0x800;

    /// <summary>True when the ROM can encrypt during a write.</summary>
    public bool RomWritesEncrypted { get; init; } = true;

    /// <summary>Name of the stub file without extension; null where no stub exists.</summary>
    public string? StubName { get; init; }

    /// <summary>Stubs of early silicon in place of <see cref="StubName"/>, earliest first; empty where all use the same.</summary>
    public IReadOnlyList<StubVariant> EarlyStubs { get; init; } = [];

    /// <summary>True when the stub cannot be loaded once secure boot is on.</summary>
    public bool NoStubUnderSecureBoot { get; init; }

    /// <summary>
    /// RAM address of a pointer to the function that the ROM calls for READ_FLASH_SLOW: the way to start the stub once secure boot
    /// is on, where the ROM no longer jumps. Null where it is not needed.
    /// </summary>
    public uint? StubStartPointer { get; init; }

    /// <summary>True when the stub reaches flash above 16 MB; no ROM does.</summary>
    public bool StubReachesAbove16MB { get; init; }

    /// <summary>The rule for the baud rate that the ROM has to be told.</summary>
    public RomBaudRule RomBaudRule { get; init; } = RomBaudRule.Plain;

    /// <summary>Register that determines the ROM's assumption of its clock, where <see cref="RomBaudRule"/> needs one; otherwise null.</summary>
    public uint? RomClockRegister { get; init; }

    /// <summary>The crystal frequency in MHz that the ROM assumes under <see cref="RomBaudRule.AssumesCrystal"/>; otherwise null.</summary>
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
