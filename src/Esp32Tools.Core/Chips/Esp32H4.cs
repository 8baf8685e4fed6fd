using System.Collections.Generic;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Chips;

/// <summary>ESP32-H4. Sources: ESP32-H4 eFuse table of ESP-IDF, esptool 5.3.1, ESP-IDF register headers.</summary>
internal static class Esp32H4
{
    /// <summary>The chip.</summary>
    public static ChipDefinition Definition { get; } = new()
    {
        Name = "ESP32-H4",
        Key = "esp32h4",
        ImageChipId = 28,
        Loader = new() { StubName = "esp32h4" },
        Image = new()
        {
            BootloaderOffset = 0x2000,
            Uf2FamilyId = 0x9E0B_AA8A,
            MmuPageSizes = [0x2000, 0x4000, 0x8000, 0x1_0000],
            FlashFrequencies = FlashFrequencyCodes.From48,
            InstructionFlash = (0x4200_0000, 0x4280_0000),
            DataFlash = (0x4280_0000, 0x4300_0000),
        },
        MemoryMap =
        [
            new("PADDING", 0x0000_0000, 0x0001_0000),
            new("DROM", 0x4200_0000, 0x4400_0000),
            new("DRAM", 0x4081_0000, 0x4086_0000),
            new("BYTE_ACCESSIBLE", 0x4081_0000, 0x4086_0000),
            new("DROM_MASK", 0x4000_0000, 0x4005_0000),
            new("IROM_MASK", 0x4000_0000, 0x4005_0000),
            new("IROM", 0x4200_0000, 0x4400_0000),
            new("IRAM", 0x4081_0000, 0x4086_0000),
            new("RTC_IRAM", 0x5000_0000, 0x5000_4000),
            new("RTC_DRAM", 0x5000_0000, 0x5000_4000),
            new("MEM_INTERNAL2", 0x6000_0000, 0x6010_0000),
        ],
        Boot = new()
        {
            Banner = "ESP-ROM:esp32h4\r\n",
            Reasons = BootReasons.LowPower,
            Modes = new Dictionary<uint, string>
            {
                [0x4] = "DOWNLOAD(USB/UART0)",
                [0xC] = "SPI_FAST_FLASH_BOOT",
            },
            BeforeLoad = "SPI mode:DIO, clock div:1\r\n",
        },
        Factory = new() { Revision = 0 },
        Uart = new() { ClockDivider = 0x6001_2014, Date = 0x6001_207C },
        Spi = new() { Base = 0x6009_9000, Pins = [new(0, 39)] },
        Efuse = new()
        {
            Base = 0x600B_1800,
            Command = 0x1D8,
            DacConf = 0x1EC,
            WriteTiming1 = 0x1F4,
            WriteTiming2 = 0x1F8,
            HighestCustomPurpose = 31,
            CrystalsMHz = [32],
            Table = "esp32h4",
            Blocks = ReedSolomonBlocks.Usual(0x190),
        },
        Identity = new()
        {
            Flash = new() { Capacity = EfuseRole.FlashCapacity },
            Psram = new() { Capacity = EfuseRole.PsramCapacity },
            DescribePackage = query => query.Package == 0 ? "ESP32-H4 (QFN40)" : "ESP32-H4",
            Features = ["BT 5 (LE)", "IEEE802.15.4", "Dual Core", "96MHz"],
        },
        Security = new()
        {
            SecureBoot = new() { Curves = [192, 256] },
            FlashKeyLengths = [32, 64],
        },
        KeyPurposes =
        [
            KeyPurposes.User,
            KeyPurposes.Ecdsa("ECDSA_KEY_P256", 1, [256]),
            KeyPurposes.Ecdsa("ECDSA_KEY", 1, [192, 256]),
            .. KeyPurposes.Xts256Halves("BLOCK_KEY5"),
            KeyPurposes.Xts128("BLOCK_KEY5"),
            .. KeyPurposes.Hmac,
            .. KeyPurposes.Digests,
            new() { Name = "KM_INIT_KEY", Id = 12, ReadProtect = true },
            KeyPurposes.Secret("XTS_AES_256_PSRAM_KEY_1", 13, ["BLOCK_KEY5"]),
            KeyPurposes.Secret("XTS_AES_256_PSRAM_KEY_2", 14, ["BLOCK_KEY5"]),
            KeyPurposes.Secret("XTS_AES_128_PSRAM_KEY", 15, ["BLOCK_KEY5"]),
            KeyPurposes.Ecdsa("ECDSA_KEY_P192", 16, [192]),
            KeyPurposes.Ecdsa("ECDSA_KEY_P384_L", 17, [384]),
            KeyPurposes.Ecdsa("ECDSA_KEY_P384_H", 18, [384]),
        ],
        SplitKeyPurposes = [KeyPurposes.Xts256, KeyPurposes.Xts256Psram, KeyPurposes.EcdsaP384],
        Crystal = new() { ChoicesMHz = [32] },
        Usb = new() { HasSerialJtag = true, Pins = [13, 14] },
        Watchdog = new()
        {
            // As in esptool. The register headers put the watchdog at 0x600B_5400 and the super watchdog four bytes further on.
            Config0 = 0x6009_0048,
            Config1 = 0x6009_004C,
            WriteProtect = 0x6009_0064,
            SuperConfig = 0x600B_541C,
            SuperWriteProtect = 0x600B_5420,
            RunsOnUsbSerialJtag = true,
        },
    };
}
