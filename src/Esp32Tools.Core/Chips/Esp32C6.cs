using System.Collections.Generic;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Chips;

/// <summary>ESP32-C6. Sources: ESP32-C6 Technical Reference Manual (eFuse, SPI, low-power watchdog chapters), esptool 5.3.1, ESP-IDF register headers.</summary>
internal static class Esp32C6
{
    /// <summary>The chip.</summary>
    public static ChipDefinition Definition { get; } = new()
    {
        Name = "ESP32-C6",
        Key = "esp32c6",
        ImageChipId = 13,
        Loader = new() { StubName = "esp32c6" },
        Image = new()
        {
            BootloaderOffset = 0x0,
            Uf2FamilyId = 0x540D_DF62,
            MmuPageSizes = [0x2000, 0x4000, 0x8000, 0x1_0000],
            // The ROM sets a wrong clock divider and runs the code for 40 MHz at 80 MHz.
            FlashFrequencies = new Dictionary<string, byte> { ["80m"] = 0x0, ["40m"] = 0x0, ["20m"] = 0x2 },
            InstructionFlash = (0x4200_0000, 0x4280_0000),
            DataFlash = (0x4280_0000, 0x4300_0000),
        },
        MemoryMap =
        [
            new("PADDING", 0x0000_0000, 0x0001_0000),
            new("DROM", 0x4200_0000, 0x4300_0000),
            new("DRAM", 0x4080_0000, 0x4088_0000),
            new("BYTE_ACCESSIBLE", 0x4080_0000, 0x4088_0000),
            new("DROM_MASK", 0x4004_AC00, 0x4005_0000),
            new("IROM_MASK", 0x4000_0000, 0x4004_AC00),
            new("IROM", 0x4200_0000, 0x4300_0000),
            new("IRAM", 0x4080_0000, 0x4088_0000),
            new("RTC_IRAM", 0x5000_0000, 0x5000_4000),
            new("RTC_DRAM", 0x5000_0000, 0x5000_4000),
            new("MEM_INTERNAL2", 0x600F_E000, 0x6010_0000),
        ],
        Boot = new()
        {
            Banner = "ESP-ROM:esp32c6-20220919\r\nBuild:Sep 19 2022\r\n",
            Reasons = BootReasons.LowPower,
            Modes = new Dictionary<uint, string>
            {
                [0x4] = "DOWNLOAD(USB/UART0/SDIO_FEI_FEO)",
                [0xC] = "SPI_FAST_FLASH_BOOT",
            },
            BeforeLoad = "SPIWP:0xee\r\nmode:DIO, clock div:2\r\n",
        },
        Factory = new() { Revision = 2 },
        Uart = new() { ClockDivider = 0x6000_0014, Date = 0x6000_007C },
        Spi = new() { Base = 0x6000_3000, Pins = [new(0, 30)] },
        Efuse = new()
        {
            Base = 0x600B_0800,
            Command = 0x1D4,
            DacConf = 0x1E8,
            WriteTiming1 = 0x1F0,
            WriteTiming2 = 0x1F4,
            HighestCustomPurpose = 15,
            CrystalsMHz = [40],
            BurnTiming = EfuseTimings.Usual(0x1E8, 0x1F0, 0x1F4),
            Table = "esp32c6",
            Blocks = ReedSolomonBlocks.Usual(0x1C0),
        },
        Identity = new()
        {
            Flash = new()
            {
                Capacity = EfuseRole.FlashCapacity,
                Megabytes = new Dictionary<uint, int> { [1] = 4, [2] = 8 },
            },
            DescribePackage = query => (query.Package, query.Fuses.Read(EfuseRole.FlashCapacity)) switch
            {
                (0, _) => "ESP32-C6 (QFN40)",
                (1, 1) => "ESP32-C6FH4 (QFN32)",
                (1, 2) => "ESP32-C6FH8 (QFN32)",
                _ => "ESP32-C6",
            },
            Features = ["Wi-Fi 6", "BT 5 (LE)", "IEEE802.15.4", "Single Core + LP Core", "160MHz"],
        },
        Security = new()
        {
            SecureBoot = new() { Curves = [192, 256] },
        },
        KeyPurposes =
        [
            KeyPurposes.User,
            new() { Name = "RESERVED", Id = 1 },
            KeyPurposes.Xts128("BLOCK_KEY5"),
            .. KeyPurposes.Hmac,
            .. KeyPurposes.Digests,
        ],
        Crystal = new() { ChoicesMHz = [40] },
        Usb = new() { HasSerialJtag = true, Pins = [12, 13] },
        Watchdog = new()
        {
            Config0 = 0x600B_1C00,
            Config1 = 0x600B_1C04,
            WriteProtect = 0x600B_1C18,
            SuperConfig = 0x600B_1C1C,
            SuperWriteProtect = 0x600B_1C20,
            RunsOnUsbSerialJtag = true,
        },
    };
}
