using System.Collections.Generic;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Chips;

/// <summary>ESP32-C2. Sources: ESP8684 Technical Reference Manual (eFuse, SPI, RTC chapters), esptool 5.3.1, ESP-IDF register headers.</summary>
internal static class Esp32C2
{
    private const int KeyIndex = 3;
    private const uint ErrorRegister = 0x84;
    private const string KeyBlock = "BLOCK_KEY0";

    /// <summary>The chip.</summary>
    public static ChipDefinition Definition { get; } = new()
    {
        Name = "ESP32-C2",
        Key = "esp32c2",
        ImageChipId = 12,
        Loader = new()
        {
            StubName = "esp32c2",
            EarlyStubs = [new(BelowRevision: 1, StubName: null)],
            ChangesBaudRateInSecureDownload = false,
            RomBaudRule = RomBaudRule.AssumesCrystal,
            RomCrystalMHz = _ => 40,
        },
        Image = new()
        {
            BootloaderOffset = 0x0,
            Uf2FamilyId = 0x2B88_D29C,
            MmuPageSizes = [0x4000, 0x8000, 0x1_0000],
            FlashFrequencies = new Dictionary<string, byte> { ["60m"] = 0xF, ["30m"] = 0x0, ["20m"] = 0x1, ["15m"] = 0x2 },
            InstructionFlash = (0x4200_0000, 0x4240_0000),
            DataFlash = (0x3C00_0000, 0x3C40_0000),
        },
        MemoryMap =
        [
            new("PADDING", 0x0000_0000, 0x0001_0000),
            new("DROM", 0x3C00_0000, 0x3C40_0000),
            new("DRAM", 0x3FCA_0000, 0x3FCE_0000),
            new("BYTE_ACCESSIBLE", 0x3FC8_8000, 0x3FD0_0000),
            new("DROM_MASK", 0x3FF0_0000, 0x3FF5_0000),
            new("IROM_MASK", 0x4000_0000, 0x4009_0000),
            new("IROM", 0x4200_0000, 0x4240_0000),
            new("IRAM", 0x4037_C000, 0x403C_0000),
        ],
        Boot = new()
        {
            Banner = "ESP-ROM:esp8684-api2-20220127\r\nBuild:Jan 27 2022\r\n",
            Modes = new Dictionary<uint, string>
            {
                [0x4] = "DOWNLOAD(UART0)",
                [0xC] = "SPI_FAST_FLASH_BOOT",
            },
        },
        Factory = new() { Revision = 100 },
        Uart = new() { ClockDivider = 0x6000_0014, Date = 0x6000_007C },
        Spi = new() { Base = 0x6000_2000, Pins = [new(0, 20)] },
        Efuse = new()
        {
            Base = 0x6000_8800,
            Window = 0x800,
            Clock = 0x88,
            Conf = 0x8C,
            Command = 0x94,
            DacConf = 0x108,
            WriteTiming1 = 0x114,
            WriteTiming2 = 0x118,
            RepeatErrors = [0x80],
            CrystalsMHz = [26, 40],
            BurnTiming =
            [
                .. EfuseTimings.Usual(0x108, 0x114, 0x118),
                new(0x110, 0x0000_FF00, 130u << 8, 26),
                new(0x110, 0x0000_FF00, 200u << 8, 40),
            ],
            Table = "esp32c2",
            Blocks =
            [
                new() { Index = 0, Name = "BLOCK0", ReadOffset = 0x2C, Words = 2 },
                new() { Index = 1, Name = "BLOCK1", ReadOffset = 0x34, Words = 3, WriteDisableBit = 5, ErrorCount = (ErrorRegister, 0), ErrorFail = (ErrorRegister, 3) },
                new() { Index = 2, Name = "BLOCK2", ReadOffset = 0x40, WriteDisableBit = 6, ErrorCount = (ErrorRegister, 4), ErrorFail = (ErrorRegister, 7) },
                new() { Index = KeyIndex, Name = KeyBlock, Aliases = ["BLOCK3"], ReadOffset = 0x60, WriteDisableBit = 7, ReadDisableBit = 0, UpperHalfReadDisableBit = 1, IsForUsers = true, ErrorCount = (ErrorRegister, 8), ErrorFail = (ErrorRegister, 11) },
            ],
        },
        Identity = new()
        {
            Flash = new()
            {
                Capacity = EfuseRole.FlashCapacity,
                Megabytes = new Dictionary<uint, int> { [1] = 4, [2] = 2, [3] = 1 },
                Vendor = EfuseRole.FlashVendor,
                Vendors = new Dictionary<uint, string> { [1] = "XMC", [2] = "GD", [3] = "FM", [4] = "TT", [5] = "ZBIT" },
            },
            DescribePackage = query => query.Package == 1 ? "ESP8684H" : "ESP32-C2",
            Features = ["Wi-Fi", "BT 5 (LE)", "Single Core", "120MHz"],
        },
        Security = new()
        {
            SecureBoot = new() { Rsa = false, Curves = [192, 256], Signatures = 1 },
            FlashKeyLengths = [32, 16],
            HasFlashKey = HasFlashKey,
        },
        KeyPurposes =
        [
            // There is no field for the purpose: the vendor's tools define these numbers.
            new() { Name = "USER", Id = 0, Block = KeyBlock },
            new() { Name = "XTS_AES_128_KEY", Id = 1, Block = KeyBlock, IsFlashKey = true, Reversed = true, ReadProtect = true, Sets = EfuseRole.WholeFlashKey },
            new() { Name = "XTS_AES_128_KEY_DERIVED_FROM_128_EFUSE_BITS", Id = 2, Block = KeyBlock, IsFlashKey = true, Part = KeyBlockPart.Lower, Reversed = true, ReadProtect = true },
            new() { Name = "SECURE_BOOT_DIGEST", Id = 3, Block = KeyBlock, Part = KeyBlockPart.Upper, IsDigest = true },
        ],
        Crystal = new() { ChoicesMHz = [40, 26] },
        Watchdog = new()
        {
            Config0 = 0x6000_8084,
            Config1 = 0x6000_8088,
            WriteProtect = 0x6000_809C,
            CanReset = true,
        },
    };

    // A key takes the whole block or its lower half, and is read-protected or holds data.
    private static bool HasFlashKey(EfuseView fuses)
    {
        bool isWhole = fuses.IsSet(EfuseRole.WholeFlashKey);
        return fuses.Read(EfuseRole.ReadDisable) == (isWhole ? 3u : 1u) || fuses.HasData(KeyIndex, isWhole ? 8 : 4);
    }
}
