using System.Collections.Generic;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Chips;

/// <summary>ESP32-H21. Sources: ESP32-H21 eFuse table of ESP-IDF, esptool 5.3.1, ESP-IDF register headers.</summary>
internal static class Esp32H21
{
    /// <summary>The chip.</summary>
    public static ChipDefinition Definition { get; } = new()
    {
        Name = "ESP32-H21",
        Key = "esp32h21",
        ImageChipId = 25,
        // No stub exists.
        Loader = new(),
        Image = new()
        {
            BootloaderOffset = 0x0,
            Uf2FamilyId = 0xB6DD_00AF,
            MmuPageSizes = [0x2000, 0x4000, 0x8000, 0x1_0000],
            FlashFrequencies = FlashFrequencyCodes.From48,
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
            Banner = "ESP-ROM:esp32h21\r\n",
            Reasons = BootReasons.LowPower,
            Modes = new Dictionary<uint, string>
            {
                [0x4] = "DOWNLOAD(USB/UART0)",
                [0xC] = "SPI_FAST_FLASH_BOOT",
            },
        },
        Factory = new() { Revision = 0 },
        Uart = new() { ClockDivider = 0x6000_0014, Date = 0x6000_007C },
        Spi = new() { Base = 0x6000_3000, Pins = [new(0, 27)] },
        Efuse = new()
        {
            Base = 0x600B_4000,
            Command = 0x1D4,
            DacConf = 0x1E8,
            WriteTiming1 = 0x1F0,
            WriteTiming2 = 0x1F4,
            CrystalsMHz = [32],
            Table = "esp32h21",
            // Error words as in espefuse; the register headers put them at 0x190.
            Blocks = ReedSolomonBlocks.Usual(0x1C0),
        },
        Identity = new()
        {
            Flash = new() { Capacity = EfuseRole.FlashCapacity },
            DescribePackage = _ => "ESP32-H21",
            Features = ["BT 5 (LE)", "IEEE802.15.4", "Single Core", "96MHz"],
        },
        Security = new()
        {
            SecureBoot = new() { Curves = [192, 256] },
        },
        KeyPurposes =
        [
            KeyPurposes.User,
            KeyPurposes.Ecdsa("ECDSA_KEY", 1, [192, 256]),
            new() { Name = "RESERVED", Id = 2 },
            KeyPurposes.Xts128(),
            .. KeyPurposes.Hmac,
            .. KeyPurposes.Digests,
        ],
        Crystal = new() { ChoicesMHz = [32] },
        Usb = new() { HasSerialJtag = true, Pins = [26, 27] },
        Watchdog = new()
        {
            Config0 = 0x600B_1C00,
            WriteProtect = 0x600B_1C1C,
            SuperConfig = 0x600B_1C20,
            SuperWriteProtect = 0x600B_1C24,
            RunsOnUsbSerialJtag = true,
        },
    };
}
