using System.Collections.Generic;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Chips;

/// <summary>ESP32-S2. Sources: ESP32-S2 Technical Reference Manual (eFuse, SPI, UART chapters), esptool 5.3.1, ESP-IDF register headers.</summary>
internal static class Esp32S2
{
    private const uint Strap = 0x3F40_4038;

    /// <summary>The chip.</summary>
    public static ChipDefinition Definition { get; } = new()
    {
        Name = "ESP32-S2",
        Key = "esp32s2",
        ImageChipId = 2,
        MagicValue = 0x0000_07C6,
        Loader = new() { StubName = "esp32s2", RomSecurityInfoLength = 12 },
        Image = new()
        {
            BootloaderOffset = 0x1000,
            Uf2FamilyId = 0xBFDD_4EEE,
            ElfMachine = 0x5E,
            InstructionFlash = (0x4008_0000, 0x40B8_0000),
            DataFlash = (0x3F00_0000, 0x3F3F_0000),
        },
        MemoryMap =
        [
            new("PADDING", 0x0000_0000, 0x0001_0000),
            new("DROM", 0x3F00_0000, 0x3FF8_0000),
            new("EXTRAM_DATA", 0x3F50_0000, 0x3FF8_0000),
            new("RTC_DRAM", 0x3FF9_E000, 0x3FFA_0000),
            new("BYTE_ACCESSIBLE", 0x3FF9_E000, 0x4000_0000),
            new("MEM_INTERNAL", 0x3FF9_E000, 0x4007_2000),
            new("DRAM", 0x3FFB_0000, 0x4000_0000),
            new("IROM_MASK", 0x4000_0000, 0x4001_A100),
            new("IRAM", 0x4002_0000, 0x4007_0000),
            new("RTC_IRAM", 0x4007_0000, 0x4007_2000),
            new("IROM", 0x4008_0000, 0x4080_0000),
            new("RTC_DATA", 0x5000_0000, 0x5000_2000),
        ],
        Peripherals = [new("PERIPHERALS", 0x3F40_0000, 0x3F50_0000), new("AHB", 0x6000_0000, 0x600D_0000)],
        Boot = new()
        {
            Banner = "ESP-ROM:esp32s2-rc4-20191025\r\nBuild:Oct 25 2019\r\n",
            Modes = new Dictionary<uint, string>
            {
                [0x0] = "DOWNLOAD(USB/UART0/1/SPI)",
                [0x8] = "SPI_FAST_FLASH_BOOT",
            },
            ApplicationStrap = 0x8,
            DownloadStrap = 0x0,
            StrapRegister = Strap,
            CrashFormat = null,
        },
        Factory = new() { Revision = 100 },
        Uart = new() { ClockDivider = 0x3F40_0014, Date = 0x6000_0078, Bases = [0x3F40_0000, 0x6000_0000] },
        Spi = new() { Base = 0x3F40_2000, Pins = [new(0, 21), new(26, 46)] },
        Efuse = new()
        {
            Base = 0x3F41_A000,
            Window = 0x1000,
            Aliases = [0x6001_A000],
            Command = 0x1D4,
            DacConf = 0x1E8,
            WriteTiming1 = 0x1F4,
            WriteTiming2 = 0x1F8,
            CrystalsMHz = [40],
            BurnTiming =
            [
                new(0x1EC, 0x0000_00FF, 1),
                new(0x1EC, 0x0000_FF00, 2u << 8),
                new(0x1F0, 0x0000_00FF, 1),
                new(0x1F0, 0x0000_FF00, 2u << 8),
                new(0x1F0, 0xFFFF_0000, 400u << 16),
                new(0x1F4, 0x0000_00FF, 1),
                new(0x1F4, 0x00FF_FF00, 20736u << 8),
                new(0x1F8, 0x0000_FFFF, 128),
                new(0x1E8, 0x0000_00FF, 80),
            ],
            Table = "esp32s2",
            // Error words as in espefuse; the register headers put them at 0x1C0.
            Blocks = ReedSolomonBlocks.Usual(0x194),
        },
        Identity = new()
        {
            Flash = new()
            {
                Capacity = EfuseRole.FlashCapacity,
                Megabytes = new Dictionary<uint, int> { [1] = 2, [2] = 4 },
            },
            Psram = new()
            {
                Capacity = EfuseRole.PsramCapacity,
                Megabytes = new Dictionary<uint, int> { [1] = 2, [2] = 4 },
            },
            DescribePackage = query => (query.Fuses.Read(EfuseRole.FlashCapacity), query.Fuses.Read(EfuseRole.PsramCapacity)) switch
            {
                (1, 0) => "ESP32-S2FH2",
                (2, 0) => "ESP32-S2FH4",
                (2, 1) => "ESP32-S2FNR2",
                (0, 1) => "ESP32-S2R2",
                _ => "ESP32-S2",
            },
            Features = ["Wi-Fi", "Single Core", "240MHz"],
            DescribeFeatures = DescribeFeatures,
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
            .. KeyPurposes.Xts256Halves(),
            KeyPurposes.Xts128(),
            .. KeyPurposes.Hmac,
            .. KeyPurposes.Digests,
        ],
        SplitKeyPurposes = [KeyPurposes.Xts256],
        Crystal = new() { ChoicesMHz = [40] },
        Usb = new()
        {
            HasOtg = true,
            OtgRestart = OtgRestart.WatchdogWhenStrapped,
            FlashBootStrap = BitField.At(Strap, 3),
            ForceDownload = BitField.At(0x3F40_8128, 0),
            Pins = [19, 20],
        },
        Watchdog = new()
        {
            Config0 = 0x3F40_8094,
            Config1 = 0x3F40_8098,
            WriteProtect = 0x3F40_80AC,
            CanReset = true,
        },
    };

    private static IReadOnlyList<string> DescribeFeatures(EfuseView fuses) =>
    [
        DescribeMemory("Embedded Flash", fuses.Read(EfuseRole.FlashCapacity)),
        DescribeMemory("Embedded PSRAM", fuses.Read(EfuseRole.PsramCapacity)),
        // The version of the factory data identifies the calibration.
        fuses.Read(EfuseRole.BlockVersionMinor) switch
        {
            0 => "no calibration in BLK2",
            1 => "ADC + temperature calibration in BLK2 V1",
            2 => "ADC + temperature calibration in BLK2 V2",
            uint version => $"unknown calibration in BLK2 (version {version})",
        },
    ];

    private static string DescribeMemory(string memory, uint code) => code switch
    {
        0 => $"No {memory}",
        1 => $"{memory} 2MB",
        2 => $"{memory} 4MB",
        _ => $"Unknown {memory}",
    };
}
