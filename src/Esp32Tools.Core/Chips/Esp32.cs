using System.Collections.Generic;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Chips;

/// <summary>ESP32. Sources: ESP32 Technical Reference Manual (eFuse, SPI, UART chapters), esptool 5.3.1, ESP-IDF register headers.</summary>
internal static class Esp32
{
    private const uint CalibrationResult = 0x3FF5_F06C;
    private const uint ApbDate = 0x3FF6_607C;

    /// <summary>The chip.</summary>
    public static ChipDefinition Definition { get; } = new()
    {
        Name = "ESP32",
        Key = "esp32",
        ImageChipId = 0,
        MagicValue = 0x00F0_1D83,
        Loader = new()
        {
            FlashBeginWordsRom = 4,
            RomSecurityInfoLength = 0,
            HasSecureDownloadMode = false,
            RomWritesEncrypted = false,
            StubName = "esp32",
            RomBaudRule = RomBaudRule.CalibratedByCk8M,
            RomClockRegister = CalibrationResult,
        },
        Image = new()
        {
            BootloaderOffset = 0x1000,
            Uf2FamilyId = 0x1C5F_21B0,
            ElfMachine = 0x5E,
            MinBytesInLastPage = 0x24,
            EncryptedWriteAlignment = 32,
            InstructionFlash = (0x400D_0000, 0x4040_0000),
            DataFlash = (0x3F40_0000, 0x3F80_0000),
        },
        MemoryMap =
        [
            new("PADDING", 0x0000_0000, 0x0001_0000),
            new("DROM", 0x3F40_0000, 0x3F80_0000),
            new("EXTRAM_DATA", 0x3F80_0000, 0x3FC0_0000),
            new("RTC_DRAM", 0x3FF8_0000, 0x3FF8_2000),
            new("BYTE_ACCESSIBLE", 0x3FF9_0000, 0x4000_0000),
            new("DRAM", 0x3FFA_E000, 0x4000_0000),
            new("DIRAM_DRAM", 0x3FFE_0000, 0x3FFF_FFFC),
            new("IROM", 0x4000_0000, 0x4007_0000),
            new("CACHE_PRO", 0x4007_0000, 0x4007_8000),
            new("CACHE_APP", 0x4007_8000, 0x4008_0000),
            new("IRAM", 0x4008_0000, 0x400A_0000),
            new("DIRAM_IRAM", 0x400A_0000, 0x400B_FFFC),
            new("RTC_IRAM", 0x400C_0000, 0x400C_2000),
            new("IROM", 0x400D_0000, 0x4040_0000),
            new("RTC_DATA", 0x5000_0000, 0x5000_2000),
        ],
        Peripherals = [new("PERIPHERALS", 0x3FF0_0000, 0x3FF8_0000), new("AHB", 0x6000_0000, 0x6004_0000)],
        FixedWords = new Dictionary<uint, uint>
        {
            [ApbDate] = 0x1604_2000,
            // 8 MHz oscillator against a 40 MHz crystal: 40 MHz / 15625 * 40 / CLK8M_FREQ 52, in bits 31:7.
            [CalibrationResult] = 1969 << 7,
        },
        Boot = new()
        {
            Banner = "ets Jul 29 2019 12:21:46\r\n\r\n",
            Reasons = new Dictionary<ResetReason, string>
            {
                [ResetReason.PowerOn] = "0x1 (POWERON_RESET)",
                [ResetReason.Watchdog] = "0x10 (RTCWDT_RTC_RESET)",
                [ResetReason.BrownOut] = "0xf (RTCWDT_BROWN_OUT_RESET)",
                [ResetReason.Software] = "0xc (SW_CPU_RESET)",
                [ResetReason.Usb] = "0x1 (POWERON_RESET)",
            },
            Modes = new Dictionary<uint, string>
            {
                [0x03] = "DOWNLOAD_BOOT(UART0/UART1/SDIO_REI_REO_V2)",
                [0x0F] = "UART_BOOT(UART0)",
                [0x13] = "SPI_FAST_FLASH_BOOT",
            },
            ApplicationStrap = 0x13,
            DownloadStrap = 0x03,
            StrapRegister = 0x3FF4_4038,
            BeforeLoad = "configsip: 0, SPIWP:0xee\r\n"
                + "clk_drv:0x00,q_drv:0x00,d_drv:0x00,cs0_drv:0x00,hd_drv:0x00,wp_drv:0x00\r\n"
                + "mode:DIO, clock div:2\r\n",
            LoadFormat = "load:0x{0:x8},len:{1}\r\n",
            ChecksumFormat = "csum err:0x{0:x2}!=0x{1:x2}\r\nets_main.c 371 \r\n",
            ChecksHash = false,
            LoaderLeft = "",
            CrashFormat = null,
        },
        Factory = new()
        {
            MacPrefix = 0x24_0AC4,
            Revision = 300,
            Fuses = new Dictionary<string, uint>
            {
                // ESP32-D0WD-V3, rated at 240 MHz; reference voltage 1100 mV + 7 * 3.
                ["CHIP_PACKAGE"] = 1,
                ["CHIP_CPU_FREQ_RATED"] = 1,
                ["CLK8M_FREQ"] = 52,
                ["ADC_VREF"] = 3,
            },
        },
        Uart = new() { ClockDivider = 0x3FF4_0014, Date = 0x6000_0078, Bases = [0x3FF4_0000, 0x6000_0000] },
        Spi = new()
        {
            Base = 0x3FF4_2000,
            User = 0x1C,
            User1 = 0x20,
            User2 = 0x24,
            MosiLength = 0x28,
            MisoLength = 0x2C,
            Data = 0x80,
            AddressLeftAligned = true,
            Pins = [new(0, 29), new(32, 33)],
        },
        Efuse = new()
        {
            Base = 0x3FF5_A000,
            Window = 0x1000,
            // ESP32 Technical Reference Manual, "System and Memory": the contents at 0x3FF4_0000 on one bus are at 0x6000_0000 on the other.
            Aliases = [0x6001_A000],
            Generation = EfuseGeneration.Esp32,
            Clock = 0xF8,
            Conf = 0xFC,
            Command = 0x104,
            DacConf = 0x118,
            DecodeStatus = 0x11C,
            RepeatErrors = [],
            RegisterSpace = 0x120,
            CrystalsMHz = [26, 40],
            BurnTiming =
            [
                new(0x118, 0x0000_00FF, 52, 26),
                new(0x0F8, 0x0000_00FF, 250, 26),
                new(0x0F8, 0x0000_FF00, 255u << 8, 26),
                new(0x118, 0x0000_00FF, 80, 40),
                new(0x0F8, 0x0000_00FF, 160, 40),
                new(0x0F8, 0x0000_FF00, 255u << 8, 40),
            ],
            Table = "esp32",
            Blocks =
            [
                new() { Index = 0, Name = "BLOCK0", ReadOffset = 0x00, WriteOffset = 0x1C, Words = 7 },
                new() { Index = 1, Name = "BLOCK1", Aliases = ["flash_encryption"], ReadOffset = 0x38, WriteOffset = 0x98, WriteDisableBit = 7, ReadDisableBit = 0, IsForUsers = true },
                new() { Index = 2, Name = "BLOCK2", Aliases = ["secure_boot_v1", "secure_boot_v2"], ReadOffset = 0x58, WriteOffset = 0xB8, WriteDisableBit = 8, ReadDisableBit = 1, IsForUsers = true },
                new() { Index = 3, Name = "BLOCK3", ReadOffset = 0x78, WriteOffset = 0xD8, WriteDisableBit = 9, ReadDisableBit = 2, IsForUsers = true },
            ],
        },
        Identity = new()
        {
            // Bit 31 of the APB controller's date register came with revision 3.
            MajorRevisionHigh = BitField.At(ApbDate, 31),
            MajorRevisionMap = new Dictionary<uint, int> { [0] = 0, [1] = 1, [3] = 2, [7] = 3 },
            Flash = new() { Capacity = EfuseRole.Package, UnlistedIsNone = true, Megabytes = new Dictionary<uint, int> { [2] = 2, [4] = 4, [5] = 4, [6] = 8 } },
            Psram = new() { Capacity = EfuseRole.Package, UnlistedIsNone = true, Megabytes = new Dictionary<uint, int> { [6] = 2, [7] = 2 } },
            DescribePackage = DescribePackage,
            DescribeFeatures = DescribeFeatures,
        },
        Security = new()
        {
            SecureBootV2MinRevision = 300,
            SecureBoot = new()
            {
                MinRevision = 300,
                Signatures = 1,
                V1KeyPurpose = "SecureBootV1",
            },
            DownloadDisabledMinRevision = 300,
            FlashKeyLengths = [32, 24],
            HasFlashKey = fuses => FlashKeyRules.InBlock(fuses, 1),
        },
        KeyPurposes =
        [
            new() { Name = "FlashEncryption", Block = "BLOCK1", IsFlashKey = true, Reversed = true, ReadProtect = true },
            new() { Name = "SecureBootV1", Block = "BLOCK2", Reversed = true, ReadProtect = true, IsSecureBootV1 = true },
            new() { Name = "SecureBootV2", Block = "BLOCK2", IsDigest = true, MinRevision = 300 },
        ],
        Crystal = new() { ChoicesMHz = [40, 26] },
    };

    private static string DescribePackage(PackageQuery query)
    {
        bool singleCore = query.Fuses.Read("DISABLE_APP_CPU") != 0;
        bool third = query.MajorRevision == 3;
        return query.Package switch
        {
            0 when singleCore => "ESP32-S0WDQ6",
            0 => third ? "ESP32-D0WDQ6-V3" : "ESP32-D0WDQ6",
            1 when singleCore => "ESP32-S0WD",
            1 => third ? "ESP32-D0WD-V3" : "ESP32-D0WD",
            2 => "ESP32-D2WD",
            4 => "ESP32-U4WDH",
            5 => third ? "ESP32-PICO-V3" : "ESP32-PICO-D4",
            6 => "ESP32-PICO-V3-02",
            7 => "ESP32-D0WDR2-V3",
            _ => "ESP32",
        };
    }

    private static IReadOnlyList<string> DescribeFeatures(EfuseView fuses)
    {
        bool IsSet(string field) => fuses.Read(field) != 0;
        uint package = fuses.Read(EfuseRole.Package);
        List<string> features = ["Wi-Fi"];
        if (!IsSet("DISABLE_BT"))
        {
            features.Add("BT");
        }

        features.Add(IsSet("DISABLE_APP_CPU") ? "Single Core" : "Dual Core");
        if (IsSet("CHIP_CPU_FREQ_RATED"))
        {
            features.Add(IsSet("CHIP_CPU_FREQ_LOW") ? "160MHz" : "240MHz");
        }

        if (package is 2 or 4 or 5 or 6)
        {
            features.Add("Embedded Flash");
        }

        if (package is 6)
        {
            features.Add("Embedded PSRAM");
        }

        if (IsSet("ADC_VREF"))
        {
            features.Add("Vref calibration in eFuse");
        }

        if (IsSet("BLK3_PART_RESERVE"))
        {
            features.Add("BLK3 partially reserved");
        }

        features.Add(fuses.Read(EfuseRole.CodingScheme) switch
        {
            1 => "Coding Scheme 3/4",
            2 => "Coding Scheme Repeat",
            _ => "Coding Scheme None",
        });
        return features;
    }
}
