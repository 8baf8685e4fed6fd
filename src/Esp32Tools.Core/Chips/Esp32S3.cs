using System.Collections.Generic;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Chips;

/// <summary>ESP32-S3. Sources: ESP32-S3 Technical Reference Manual (eFuse, SPI, RTC chapters), esptool 5.3.1, ESP-IDF register headers.</summary>
internal static class Esp32S3
{
    private const uint Strap = 0x6000_4038;

    /// <summary>The chip.</summary>
    public static ChipDefinition Definition { get; } = new()
    {
        Name = "ESP32-S3",
        Key = "esp32s3",
        ImageChipId = 9,
        Loader = new()
        {
            StubName = "esp32s3",
            StubStartPointer = 0x3FCE_F688,
            StubReachesAbove16MB = true,
        },
        Image = new()
        {
            BootloaderOffset = 0x0,
            Uf2FamilyId = 0xC47E_5767,
            ElfMachine = 0x5E,
            InstructionFlash = (0x4200_0000, 0x4400_0000),
            DataFlash = (0x3C00_0000, 0x3E00_0000),
        },
        MemoryMap =
        [
            new("PADDING", 0x0000_0000, 0x0001_0000),
            new("DROM", 0x3C00_0000, 0x3D00_0000),
            new("EXTRAM_DATA", 0x3D00_0000, 0x3E00_0000),
            new("RTC_DRAM", 0x600F_E000, 0x6010_0000),
            new("BYTE_ACCESSIBLE", 0x3FC8_8000, 0x3FD0_0000),
            new("MEM_INTERNAL", 0x3FC8_8000, 0x403E_2000),
            new("DRAM", 0x3FC8_8000, 0x3FD0_0000),
            new("IROM_MASK", 0x4000_0000, 0x4001_A100),
            new("IRAM", 0x4037_0000, 0x403E_0000),
            new("RTC_IRAM", 0x600F_E000, 0x6010_0000),
            new("IROM", 0x4200_0000, 0x4280_0000),
            new("RTC_DATA", 0x5000_0000, 0x5000_2000),
        ],
        Boot = new()
        {
            Banner = "ESP-ROM:esp32s3-20210327\r\nBuild:Mar 27 2021\r\n",
            Modes = new Dictionary<uint, string>
            {
                [0x0] = "DOWNLOAD(USB/UART0)",
                [0x8] = "SPI_FAST_FLASH_BOOT",
            },
            ApplicationStrap = 0x8,
            DownloadStrap = 0x0,
            StrapRegister = Strap,
            CrashFormat = null,
        },
        Factory = new() { Revision = 2 },
        Uart = new() { ClockDivider = 0x6000_0014, Date = 0x6000_0080 },
        Spi = new() { Base = 0x6000_2000, Pins = [new(0, 21), new(26, 48)], HighestHoldPin = 46 },
        Efuse = new()
        {
            Base = 0x6000_7000,
            Window = 0x1000,
            Command = 0x1D4,
            DacConf = 0x1E8,
            WriteTiming1 = 0x1F4,
            WriteTiming2 = 0x1F8,
            CrystalsMHz = [40],
            BurnTiming = EfuseTimings.Usual(0x1E8, 0x1F4, 0x1F8),
            Table = "esp32s3",
            Blocks = ReedSolomonBlocks.Usual(0x1C0),
        },
        Identity = new()
        {
            MisnamedRevision = FirstRevision,
            Flash = new()
            {
                Capacity = EfuseRole.FlashCapacity,
                Megabytes = new Dictionary<uint, int> { [1] = 8, [2] = 4 },
                Vendor = EfuseRole.FlashVendor,
                Vendors = new Dictionary<uint, string> { [1] = "XMC", [2] = "GD", [3] = "FM", [4] = "TT", [5] = "BY" },
            },
            Psram = new()
            {
                Capacity = EfuseRole.PsramCapacity,
                Megabytes = new Dictionary<uint, int> { [1] = 8, [2] = 2, [3] = 16, [4] = 4 },
                Vendor = EfuseRole.PsramVendor,
                Vendors = new Dictionary<uint, string> { [1] = "AP_3v3", [2] = "AP_1v8" },
            },
            DescribePackage = query => query.Package switch
            {
                0 => "ESP32-S3 (QFN56)",
                1 => "ESP32-S3-PICO-1 (LGA56)",
                _ => "ESP32-S3",
            },
            Features = ["Wi-Fi", "BT 5 (LE)", "Dual Core + LP Core", "240MHz"],
        },
        Security = new()
        {
            SecureBoot = new(),
            FlashKeyLengths = [32, 64],
        },
        KeyPurposes =
        [
            KeyPurposes.User,
            new() { Name = "RESERVED", Id = 1 },
            .. KeyPurposes.Xts256Halves("BLOCK_KEY5"),
            KeyPurposes.Xts128("BLOCK_KEY5"),
            .. KeyPurposes.Hmac,
            .. KeyPurposes.Digests,
        ],
        SplitKeyPurposes = [KeyPurposes.Xts256],
        Crystal = new() { ChoicesMHz = [40] },
        Usb = new()
        {
            HasSerialJtag = true,
            HasOtg = true,
            OtgRestart = OtgRestart.WatchdogWhenStrapped,
            FlashBootStrap = BitField.At(Strap, 3),
            ForceDownload = BitField.At(0x6000_812C, 0),
            ClearForceDownload = true,
            Pins = [19, 20],
        },
        Watchdog = new()
        {
            Config0 = 0x6000_8098,
            Config1 = 0x6000_809C,
            WriteProtect = 0x6000_80B0,
            SuperConfig = 0x6000_80B4,
            SuperWriteProtect = 0x6000_80B8,
            SuperKey = 0x8F1D_312A,
            SuperAutoFeed = 0x8000_0000,
            RunsOnUsbSerialJtag = true,
            CanReset = true,
        },
    };

    // Parts of v0.0 carry the block version 1.1 where later ones have their revision.
    private static int? FirstRevision(EfuseView fuses)
    {
        bool isFirst = fuses.Read("WAFER_VERSION_MINOR_LO") == 0
            && fuses.Read(EfuseRole.BlockVersionMajor) == 1
            && fuses.Read(EfuseRole.BlockVersionMinor) == 1;
        return isFirst ? 0 : null;
    }
}
