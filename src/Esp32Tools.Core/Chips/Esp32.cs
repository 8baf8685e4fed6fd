using System;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Chips;

/// <summary>ESP32. Sources: ESP32 Technical Reference Manual (eFuse, SPI, UART chapters), esptool 5.3.1, ESP-IDF register headers.</summary>
public static class Esp32
{
    private const uint EfuseBase = 0x3FF5_A000;
    private const uint Word0 = EfuseBase + 0x00;
    private const uint Word3 = EfuseBase + 0x0C;
    private const uint Word4 = EfuseBase + 0x10;
    private const uint Word5 = EfuseBase + 0x14;
    private const uint Word6 = EfuseBase + 0x18;
    private const uint Block1 = EfuseBase + 0x38;
    private const uint CalibrationResult = 0x3FF5_F06C;
    private const uint ApbDate = 0x3FF6_607C;

    private static readonly BitField s_package = BitField.At(Word3, 9, 3).Then(Word3, 2);

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
            EfusePads = new()
            {
                Clock = BitField.At(Word5, 0, 5),
                Q = BitField.At(Word5, 5, 5),
                D = BitField.At(Word5, 10, 5),
                ChipSelect = BitField.At(Word5, 15, 5),
                Hold = BitField.At(Word3, 4, 5),
            },
        },
        Efuse = new()
        {
            Base = EfuseBase,
            Window = 0x1000,
            // ESP32 Technical Reference Manual, "System and Memory": what is at 0x3FF4_0000 on one bus is at 0x6000_0000 on the other.
            Aliases = [0x6001_A000],
            Generation = EfuseGeneration.Esp32,
            Clock = 0xF8,
            Conf = 0xFC,
            Command = 0x104,
            DacConf = 0x118,
            DecodeStatus = 0x11C,
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
            MacLow = EfuseBase + 0x04,
            MacHigh = EfuseBase + 0x08,
            // Bit 31 of the APB controller's date register came with revision 3.
            MajorRevision = BitField.At(Word3, 15).Then(Word5, 20).Then(ApbDate, 31),
            MajorRevisionMap = new Dictionary<uint, int> { [0] = 0, [1] = 1, [3] = 2, [7] = 3 },
            MinorRevision = BitField.At(Word5, 24, 2),
            Flash = new() { Capacity = s_package, UnlistedIsNone = true, Megabytes = new Dictionary<uint, int> { [2] = 2, [4] = 4, [5] = 4, [6] = 8 } },
            Psram = new() { Capacity = s_package, UnlistedIsNone = true, Megabytes = new Dictionary<uint, int> { [6] = 2, [7] = 2 } },
            Package = s_package,
            DescribePackage = DescribePackage,
            DescribeFeatures = DescribeFeatures,
        },
        Security = new()
        {
            FlashCryptCount = BitField.At(Word0, 20, 7),
            DownloadEncryptDisabled = BitField.At(Word6, 7),
            SecureBootV1 = BitField.At(Word6, 4),
            SecureBootV2 = BitField.At(Word6, 5),
            SecureBootV2MinRevision = 300,
            SecureBoot = new()
            {
                MinRevision = 300,
                Signatures = 1,
                EnableField = "ABS_DONE_1",
                EnableV1Field = "ABS_DONE_0",
                V1KeyPurpose = "SecureBootV1",
            },
            FlashCryptConfig = BitField.At(Word5, 28, 4),
            SecureDownloadField = null,
            DownloadDisabledField = "UART_DOWNLOAD_DIS",
            DownloadDisabledMinRevision = 300,
            FlashCryptConfigHidden = BitField.At(Word0, 19),
            FlashKeyLengths = [32, 24],
            // Read protected, or with something in it.
            HasFlashKey = read => (read(Word0) & 0x0001_0000) != 0
                || Enumerable.Range(0, 8).Any(word => read(Block1 + (4 * (uint)word)) != 0),
        },
        KeyPurposes =
        [
            new() { Name = "FlashEncryption", Block = "BLOCK1", Reversed = true, ReadProtect = true },
            new() { Name = "SecureBootV1", Block = "BLOCK2", Reversed = true, ReadProtect = true, IsSecureBootV1 = true },
            new() { Name = "SecureBootV2", Block = "BLOCK2", IsDigest = true, MinRevision = 300 },
        ],
        Crystal = new() { ChoicesMHz = [40, 26] },
    };

    private static string DescribePackage(PackageQuery query)
    {
        bool singleCore = (query.ReadRegister(Word3) & 1) != 0;
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

    private static IReadOnlyList<string> DescribeFeatures(Func<uint, uint> read)
    {
        uint word3 = read(Word3);
        uint package = s_package.Read(read);
        List<string> features = ["Wi-Fi"];
        if ((word3 & 0x2) == 0)
        {
            features.Add("BT");
        }

        features.Add((word3 & 0x1) != 0 ? "Single Core" : "Dual Core");
        if ((word3 & 0x2000) != 0)
        {
            features.Add((word3 & 0x1000) != 0 ? "160MHz" : "240MHz");
        }

        if (package is 2 or 4 or 5 or 6)
        {
            features.Add("Embedded Flash");
        }

        if (package is 6)
        {
            features.Add("Embedded PSRAM");
        }

        if (((read(Word4) >> 8) & 0x1F) != 0)
        {
            features.Add("Vref calibration in eFuse");
        }

        if ((word3 & 0x4000) != 0)
        {
            features.Add("BLK3 partially reserved");
        }

        features.Add((read(Word6) & 0x3) switch
        {
            1 => "Coding Scheme 3/4",
            2 => "Coding Scheme Repeat",
            _ => "Coding Scheme None",
        });
        return features;
    }
}
