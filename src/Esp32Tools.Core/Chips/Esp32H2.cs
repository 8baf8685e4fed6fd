using System.Collections.Generic;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Chips;

/// <summary>ESP32-H2. Sources: ESP32-H2 Technical Reference Manual (eFuse, SPI, low-power watchdog chapters), esptool 5.3.1, ESP-IDF register headers.</summary>
internal static class Esp32H2
{
    /// <summary>The chip.</summary>
    public static ChipDefinition Definition { get; } = new()
    {
        Name = "ESP32-H2",
        Key = "esp32h2",
        ImageChipId = 16,
        Loader = new() { StubName = "esp32h2" },
        Image = new()
        {
            BootloaderOffset = 0x0,
            Uf2FamilyId = 0x3327_26F6,
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
            Banner = "ESP-ROM:esp32h2-20221101\r\nBuild:Nov  1 2022\r\n",
            Reasons = BootReasons.LowPower,
            Modes = new Dictionary<uint, string>
            {
                [0x4] = "DOWNLOAD(USB/UART0)",
                [0xC] = "SPI_FAST_FLASH_BOOT",
            },
        },
        Factory = new() { Revision = 1 },
        Uart = new() { ClockDivider = 0x6000_0014, Date = 0x6000_007C },
        Spi = new() { Base = 0x6000_3000, Pins = [new(0, 27)] },
        Efuse = new()
        {
            Base = 0x600B_0800,
            Command = 0x1D4,
            DacConf = 0x1E8,
            WriteTiming1 = 0x1F0,
            WriteTiming2 = 0x1F4,
            CrystalsMHz = [32],
            BurnTiming = EfuseTimings.Usual(0x1E8, 0x1F0, 0x1F4),
            Table = "esp32h2",
            Blocks = ReedSolomonBlocks.Usual(0x1C0),
        },
        Identity = new()
        {
            Flash = new() { Capacity = EfuseRole.FlashCapacity },
            DescribePackage = _ => "ESP32-H2",
            Features = ["BT 5 (LE)", "IEEE802.15.4", "Single Core", "96MHz"],
        },
        Security = new()
        {
            // ESP-IDF, "Secure Boot v2" of the ESP32-H2: ECDSA does not work for certain inputs.
            SecureBoot = new() { Curves = [192, 256], HasFaultyEcdsa = true },
            PseudoRoundsMinRevision = 102,
        },
        KeyPurposes =
        [
            KeyPurposes.User,
            // Silicon up to 1.1 must be told to use the hardware's own random number for a signature (ESP-IDF, ECDSA driver).
            new() { Name = "ECDSA_KEY", Id = 1, Reversed = true, ReadProtect = true, NotInBlocks = ["BLOCK_KEY5"], Sets = EfuseRole.EcdsaHardwareNonce, Curves = [192, 256] },
            new() { Name = "RESERVED", Id = 2 },
            KeyPurposes.Xts128("BLOCK_KEY5"),
            .. KeyPurposes.Hmac,
            .. KeyPurposes.Digests,
        ],
        Crystal = new() { ChoicesMHz = [32] },
        Usb = new() { HasSerialJtag = true, Pins = [26, 27] },
        Watchdog = new()
        {
            Config0 = 0x600B_1C00,
            Config1 = 0x600B_1C04,
            WriteProtect = 0x600B_1C1C,
            SuperConfig = 0x600B_1C20,
            SuperWriteProtect = 0x600B_1C24,
            RunsOnUsbSerialJtag = true,
        },
    };
}
