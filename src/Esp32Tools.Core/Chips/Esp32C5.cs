using System.Collections.Generic;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Chips;

/// <summary>ESP32-C5. Sources: ESP32-C5 Technical Reference Manual (eFuse, SPI, low-power watchdog chapters), esptool 5.3.1, ESP-IDF register headers.</summary>
internal static class Esp32C5
{
    private const uint SystemClock = 0x6009_6110;

    /// <summary>The chip.</summary>
    public static ChipDefinition Definition { get; } = new()
    {
        Name = "ESP32-C5",
        Key = "esp32c5",
        ImageChipId = 23,
        Loader = new()
        {
            StubName = "esp32c5",
            StubReachesAbove16MB = true,
            ChangesBaudRateInSecureDownload = false,
            RomBaudRule = RomBaudRule.AssumesCrystal,
            RomCrystalMHz = BitField.At(SystemClock, 24, 7).Read,
        },
        Image = new()
        {
            BootloaderOffset = 0x2000,
            Uf2FamilyId = 0xF71C_0343,
            FlashFrequencies = FlashFrequencyCodes.From80,
            InstructionFlash = (0x4200_0000, 0x4400_0000),
            DataFlash = (0x4200_0000, 0x4400_0000),
        },
        MemoryMap =
        [
            new("PADDING", 0x0000_0000, 0x0001_0000),
            new("DROM", 0x4200_0000, 0x4400_0000),
            new("DRAM", 0x4080_0000, 0x4086_0000),
            new("BYTE_ACCESSIBLE", 0x4080_0000, 0x4086_0000),
            new("DROM_MASK", 0x4003_A000, 0x4004_0000),
            new("IROM_MASK", 0x4000_0000, 0x4003_A000),
            new("IROM", 0x4200_0000, 0x4400_0000),
            new("IRAM", 0x4080_0000, 0x4086_0000),
            new("RTC_IRAM", 0x5000_0000, 0x5000_4000),
            new("RTC_DRAM", 0x5000_0000, 0x5000_4000),
            new("MEM_INTERNAL2", 0x600F_E000, 0x6010_0000),
        ],
        // As set by the ROM of a board with a 40 MHz crystal.
        FixedWords = new Dictionary<uint, uint> { [SystemClock] = 40u << 24 },
        Boot = new()
        {
            Banner = "ESP-ROM:esp32c5-eco2-20250121\r\nBuild:Jan 21 2025\r\n",
            Reasons = BootReasons.LowPower,
            Modes = new Dictionary<uint, string>
            {
                [0x10] = "DOWNLOAD(USB/UART0)",
                [0x18] = "SPI_FAST_FLASH_BOOT",
            },
            ApplicationStrap = 0x18,
            DownloadStrap = 0x10,
            BeforeLoad = "SPI mode:DIO, clock div:1\r\n",
        },
        Factory = new() { Revision = 100 },
        Uart = new() { ClockDivider = 0x6000_0014, Date = 0x6000_007C },
        Spi = new() { Base = 0x6000_3000, Pins = [new(0, 28)] },
        Efuse = new()
        {
            Base = 0x600B_4800,
            Command = 0x1D8,
            DacConf = 0x1EC,
            WriteTiming1 = 0x1F4,
            WriteTiming2 = 0x1F8,
            HighestCustomPurpose = 31,
            CrystalsMHz = [40, 48],
            BurnTiming = EfuseTimings.Usual(0x1EC, 0x1F4, 0x1F8),
            Table = "esp32c5",
            Blocks = ReedSolomonBlocks.Usual(0x190),
        },
        Identity = new()
        {
            Flash = new() { Capacity = EfuseRole.FlashCapacity },
            Psram = new() { Capacity = EfuseRole.PsramCapacity },
            DescribePackage = _ => "ESP32-C5",
            Features = ["Wi-Fi 6 (dual-band)", "BT 5 (LE)", "IEEE802.15.4", "Single Core + LP Core", "240MHz"],
        },
        Security = new()
        {
            // ESP-IDF, "Secure Boot v2" of the ESP32-C5: ECDSA does not work for certain inputs.
            SecureBoot = new() { Curves = [192, 256, 384], HasFaultyEcdsa = true },
        },
        KeyPurposes =
        [
            KeyPurposes.User,
            KeyPurposes.Ecdsa("ECDSA_KEY_P256", 1, [256]),
            KeyPurposes.Ecdsa("ECDSA_KEY", 1, [192, 256]),
            new() { Name = "RESERVED", Id = 1 },
            KeyPurposes.Xts128(),
            .. KeyPurposes.Hmac,
            .. KeyPurposes.Digests,
            new() { Name = "KM_INIT_KEY", Id = 12, ReadProtect = true },
            KeyPurposes.Secret("XTS_AES_128_PSRAM_KEY", 15),
            KeyPurposes.Ecdsa("ECDSA_KEY_P192", 16, [192]),
            KeyPurposes.Ecdsa("ECDSA_KEY_P384_L", 17, [384]),
            KeyPurposes.Ecdsa("ECDSA_KEY_P384_H", 18, [384]),
        ],
        SplitKeyPurposes = [KeyPurposes.EcdsaP384],
        Crystal = new() { ChoicesMHz = [40, 48] },
        Usb = new() { HasSerialJtag = true, Pins = [13, 14] },
        Watchdog = new()
        {
            Config0 = 0x600B_1C00,
            Config1 = 0x600B_1C04,
            WriteProtect = 0x600B_1C18,
            SuperConfig = 0x600B_1C1C,
            SuperWriteProtect = 0x600B_1C20,
            RunsOnUsbSerialJtag = true,
            CanReset = true,
        },
    };
}
