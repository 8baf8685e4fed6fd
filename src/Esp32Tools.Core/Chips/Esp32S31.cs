using System.Collections.Generic;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Chips;

/// <summary>ESP32-S31. Sources: ESP32-S31 eFuse table of ESP-IDF, esptool 5.3.1, ESP-IDF register headers.</summary>
internal static class Esp32S31
{
    /// <summary>The chip.</summary>
    public static ChipDefinition Definition { get; } = new()
    {
        Name = "ESP32-S31",
        Key = "esp32s31",
        ImageChipId = 32,
        Loader = new() { StubName = "esp32s31" },
        Image = new()
        {
            BootloaderOffset = 0x2000,
            Uf2FamilyId = 0x3101_F7C1,
            MmuPageSizes = [0x8000, 0x1_0000, 0x2_0000, 0x4_0000],
            FlashFrequencies = FlashFrequencyCodes.From80,
            InstructionFlash = (0x4000_0000, 0x5400_0000),
            DataFlash = (0x4000_0000, 0x5400_0000),
        },
        MemoryMap =
        [
            new("PADDING", 0x0000_0000, 0x0001_0000),
            new("DROM", 0x4000_0000, 0x5400_0000),
            new("DRAM", 0x2F00_0000, 0x2F08_0000),
            new("BYTE_ACCESSIBLE", 0x2F00_0000, 0x2F08_0000),
            new("DROM_MASK", 0x2F80_0000, 0x2F85_0000),
            new("IROM_MASK", 0x2F80_0000, 0x2F85_0000),
            new("IROM", 0x4000_0000, 0x5400_0000),
            new("IRAM", 0x2F00_0000, 0x2F08_0000),
            new("RTC_IRAM", 0x2E00_0000, 0x2E00_8000),
            new("RTC_DRAM", 0x2E00_0000, 0x2E00_8000),
        ],
        Peripherals = [new("PERIPHERALS", 0x2000_0000, 0x2100_0000)],
        Boot = new()
        {
            Banner = "ESP-ROM:esp32s31-20251218\r\nBuild:Dec 18 2025\r\n",
            Reasons = BootReasons.TwoDomains,
            Modes = new Dictionary<uint, string>
            {
                [0x48] = "DOWNLOAD(USB/UART0/SPI)",
                [0x58] = "SPI_FAST_FLASH_BOOT",
            },
            ApplicationStrap = 0x58,
            DownloadStrap = 0x48,
            BeforeLoad = "SPI mode:DIO, clock div:1\r\n",
        },
        Factory = new() { Revision = 0 },
        Uart = new() { ClockDivider = 0x2038_A014, Date = 0x2038_A08C },
        Spi = new() { Base = 0x2050_1000, Pins = [new(0, 60)] },
        Efuse = new()
        {
            Base = 0x2071_5000,
            Command = 0x1D8,
            DacConf = 0x1EC,
            WriteTiming1 = 0x1F4,
            WriteTiming2 = 0x1F8,
            RepeatErrors = [0x168, 0x16C, 0x170, 0x174, 0x178, 0x17C, 0x180, 0x184],
            HighestCustomPurpose = 31,
            CrystalsMHz = [40],
            Table = "esp32s31",
            // Errors of block 9 as in the register headers; espefuse reads the next four bits.
            Blocks = ReedSolomonBlocks.Create(block0Words: 9, keys: 5, 0x188),
        },
        Identity = new()
        {
            Psram = new() { Capacity = EfuseRole.PsramCapacity },
            DescribePackage = _ => "ESP32-S31",
            Features = ["Wi-Fi 6", "BT 5.4 (LE)", "IEEE802.15.4", "Dual Core + LP Core", "300MHz"],
        },
        Security = new()
        {
            FlashKeyLengths = [32, 64],
        },
        KeyPurposes =
        [
            KeyPurposes.User,
            KeyPurposes.Ecdsa("ECDSA_KEY_P256", 1, [256]),
            KeyPurposes.Ecdsa("ECDSA_KEY", 1, [192, 256]),
            .. KeyPurposes.Xts256Halves(),
            KeyPurposes.Xts128(),
            .. KeyPurposes.Hmac,
            .. KeyPurposes.Digests,
            new() { Name = "KM_INIT_KEY", Id = 12, ReadProtect = true },
            KeyPurposes.Secret("XTS_AES_256_PSRAM_KEY_1", 13),
            KeyPurposes.Secret("XTS_AES_256_PSRAM_KEY_2", 14),
            KeyPurposes.Secret("XTS_AES_128_PSRAM_KEY", 15),
            KeyPurposes.Ecdsa("ECDSA_KEY_P192", 16, [192]),
            KeyPurposes.Ecdsa("ECDSA_KEY_P384_L", 17, [384]),
            KeyPurposes.Ecdsa("ECDSA_KEY_P384_H", 18, [384]),
            new() { Name = "SDC_KEY_DIGEST", Id = 19, ReadProtect = true },
        ],
        SplitKeyPurposes = [KeyPurposes.Xts256, KeyPurposes.Xts256Psram, KeyPurposes.EcdsaP384],
        Crystal = new() { ChoicesMHz = [40] },
        Usb = new()
        {
            HasSerialJtag = true,
            HasOtg = true,
            OtgRestart = OtgRestart.Watchdog,
            Pins = [33, 34],
        },
        Watchdog = new()
        {
            Config0 = 0x2080_1000,
            Config1 = 0x2080_1004,
            WriteProtect = 0x2080_1018,
            CanReset = true,
        },
    };
}
