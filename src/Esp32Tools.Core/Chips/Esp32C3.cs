using System.Collections.Generic;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Chips;

/// <summary>ESP32-C3. Sources: ESP32-C3 Technical Reference Manual (eFuse, SPI, RTC chapters), esptool 5.3.1, ESP-IDF register headers.</summary>
internal static class Esp32C3
{
    private const uint ErrorRegister0 = 0x1C0;
    private const uint ErrorRegister1 = 0x1C4;

    /// <summary>The chip.</summary>
    public static ChipDefinition Definition { get; } = new()
    {
        Name = "ESP32-C3",
        Key = "esp32c3",
        ImageChipId = 5,
        Loader = new() { StubName = "esp32c3", NoStubUnderSecureBoot = true, SecurityInfoVersion = 3 },
        Image = new()
        {
            BootloaderOffset = 0x0,
            Uf2FamilyId = 0xD42B_A06C,
            LegacyRevisionIsMinor = true,
            InstructionFlash = (0x4200_0000, 0x4280_0000),
            DataFlash = (0x3C00_0000, 0x3C80_0000),
        },
        MemoryMap =
        [
            new("PADDING", 0x0000_0000, 0x0001_0000),
            new("DROM", 0x3C00_0000, 0x3C80_0000),
            new("DRAM", 0x3FC8_0000, 0x3FCE_0000),
            new("BYTE_ACCESSIBLE", 0x3FC8_8000, 0x3FD0_0000),
            new("DROM_MASK", 0x3FF0_0000, 0x3FF2_0000),
            new("IROM_MASK", 0x4000_0000, 0x4006_0000),
            new("IROM", 0x4200_0000, 0x4280_0000),
            new("IRAM", 0x4037_C000, 0x403E_0000),
            new("RTC_IRAM", 0x5000_0000, 0x5000_2000),
            new("RTC_DRAM", 0x5000_0000, 0x5000_2000),
            new("MEM_INTERNAL2", 0x600F_E000, 0x6010_0000),
        ],
        Boot = new() { Banner = "ESP-ROM:esp32c3-api1-20210207\r\nBuild:Feb  7 2021\r\n" },
        Factory = new() { MacPrefix = 0x7C_DFA1, Revision = 3 },
        Uart = new() { ClockDivider = 0x6000_0014, Date = 0x6000_007C },
        Spi = new() { Base = 0x6000_2000, Pins = [new(0, 21)] },
        Efuse = new()
        {
            Base = 0x6000_8800,
            Window = 0x800,
            Command = 0x1D4,
            DacConf = 0x1E8,
            WriteTiming1 = 0x1F0,
            WriteTiming2 = 0x1F4,
            CrystalsMHz = [40],
            BurnTiming = EfuseTimings.Usual(0x1E8, 0x1F0, 0x1F4),
            Table = "esp32c3",
            Blocks =
            [
                new() { Index = 0, Name = "BLOCK0", ReadOffset = 0x2C, Words = 6 },
                new() { Index = 1, Name = "MAC_SPI_8M_0", Aliases = ["BLOCK1"], ReadOffset = 0x44, Words = 6, WriteDisableBit = 20, ErrorCount = (ErrorRegister0, 0), ErrorFail = (ErrorRegister0, 7) },
                new() { Index = 2, Name = "BLOCK_SYS_DATA", Aliases = ["BLOCK2"], ReadOffset = 0x5C, WriteDisableBit = 21, ErrorCount = (ErrorRegister0, 4), ErrorFail = (ErrorRegister0, 11) },
                new() { Index = 3, Name = "BLOCK_USR_DATA", Aliases = ["BLOCK3"], ReadOffset = 0x7C, WriteDisableBit = 22, IsForUsers = true, ErrorCount = (ErrorRegister0, 8), ErrorFail = (ErrorRegister0, 15) },
                new() { Index = 4, Name = "BLOCK_KEY0", Aliases = ["BLOCK4"], ReadOffset = 0x9C, WriteDisableBit = 23, ReadDisableBit = 0, HasPurpose = true, IsForUsers = true, ErrorCount = (ErrorRegister0, 12), ErrorFail = (ErrorRegister0, 19) },
                new() { Index = 5, Name = "BLOCK_KEY1", Aliases = ["BLOCK5"], ReadOffset = 0xBC, WriteDisableBit = 24, ReadDisableBit = 1, HasPurpose = true, IsForUsers = true, ErrorCount = (ErrorRegister0, 16), ErrorFail = (ErrorRegister0, 23) },
                new() { Index = 6, Name = "BLOCK_KEY2", Aliases = ["BLOCK6"], ReadOffset = 0xDC, WriteDisableBit = 25, ReadDisableBit = 2, HasPurpose = true, IsForUsers = true, ErrorCount = (ErrorRegister0, 20), ErrorFail = (ErrorRegister0, 27) },
                new() { Index = 7, Name = "BLOCK_KEY3", Aliases = ["BLOCK7"], ReadOffset = 0xFC, WriteDisableBit = 26, ReadDisableBit = 3, HasPurpose = true, IsForUsers = true, ErrorCount = (ErrorRegister0, 24), ErrorFail = (ErrorRegister0, 31) },
                new() { Index = 8, Name = "BLOCK_KEY4", Aliases = ["BLOCK8"], ReadOffset = 0x11C, WriteDisableBit = 27, ReadDisableBit = 4, HasPurpose = true, IsForUsers = true, ErrorCount = (ErrorRegister0, 28), ErrorFail = (ErrorRegister1, 3) },
                new() { Index = 9, Name = "BLOCK_KEY5", Aliases = ["BLOCK9"], ReadOffset = 0x13C, WriteDisableBit = 28, ReadDisableBit = 5, HasPurpose = true, IsForUsers = true, ErrorCount = (ErrorRegister1, 0), ErrorFail = (ErrorRegister1, 7) },
                new() { Index = 10, Name = "BLOCK_SYS_DATA2", Aliases = ["BLOCK10"], ReadOffset = 0x15C, WriteDisableBit = 29, ReadDisableBit = 6, ErrorCount = (ErrorRegister1, 4) },
            ],
        },
        Identity = new()
        {
            Flash = new()
            {
                Capacity = EfuseRole.FlashCapacity,
                Megabytes = new Dictionary<uint, int> { [1] = 4, [2] = 2, [3] = 1, [4] = 8 },
                Vendor = EfuseRole.FlashVendor,
                Vendors = new Dictionary<uint, string> { [1] = "XMC", [2] = "GD", [3] = "FM", [4] = "TT", [5] = "ZBIT" },
            },
            DescribePackage = query => query.Package switch
            {
                0 => "ESP32-C3 (QFN32)",
                1 => "ESP8685 (QFN28)",
                2 => "ESP32-C3 AZ (QFN32)",
                3 => "ESP8686 (QFN24)",
                _ => "ESP32-C3",
            },
            Features = ["Wi-Fi", "BT 5 (LE)", "Single Core", "160MHz"],
        },
        Security = new()
        {
            SecureBoot = new() { MinRevision = 3 },
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
        Usb = new() { HasSerialJtag = true, Pins = [18, 19] },
        Watchdog = new()
        {
            Config0 = 0x6000_8090,
            Config1 = 0x6000_8094,
            WriteProtect = 0x6000_80A8,
            SuperConfig = 0x6000_80AC,
            SuperWriteProtect = 0x6000_80B0,
            SuperKey = 0x8F1D_312A,
            SuperAutoFeed = 0x8000_0000,
            RunsOnUsbSerialJtag = true,
            CanReset = true,
        },
    };
}
