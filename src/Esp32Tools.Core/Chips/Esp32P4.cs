using System.Collections.Generic;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Chips;

/// <summary>ESP32-P4. Sources: ESP32-P4 Technical Reference Manual (eFuse, SPI, low-power watchdog chapters), esptool 5.3.1, ESP-IDF register headers.</summary>
internal static class Esp32P4
{
    private const uint Strap = 0x500E_0038;

    // Supply of the flash: the pad group, the regulator and the power management unit (ESP-IDF, ldo and pmu register headers).
    private const uint PadGroup = 0x5011_010C;
    private const uint Regulator = 0x5011_51B8;
    private const uint RegulatorAnalog = 0x5011_51BC;
    private const uint PowerDate = 0x5011_53FC;

    /// <summary>The chip.</summary>
    public static ChipDefinition Definition { get; } = new()
    {
        Name = "ESP32-P4",
        Key = "esp32p4",
        ImageChipId = 18,
        Loader = new()
        {
            StubName = "esp32p4",
            EarlyStubs = [new(BelowRevision: 300, StubName: "esp32p4-rev1")],
            StubReachesAbove16MB = true,
        },
        Image = new()
        {
            BootloaderOffset = 0x2000,
            Uf2FamilyId = 0x3D30_8E94,
            InstructionFlash = (0x4000_0000, 0x4C00_0000),
            DataFlash = (0x4000_0000, 0x4C00_0000),
        },
        MemoryMap =
        [
            new("PADDING", 0x0000_0000, 0x0001_0000),
            new("DROM", 0x4000_0000, 0x4C00_0000),
            new("DRAM", 0x4FF0_0000, 0x4FFA_0000),
            new("BYTE_ACCESSIBLE", 0x4FF0_0000, 0x4FFA_0000),
            new("DROM_MASK", 0x4FC0_0000, 0x4FC2_0000),
            new("IROM_MASK", 0x4FC0_0000, 0x4FC2_0000),
            new("IROM", 0x4000_0000, 0x4C00_0000),
            new("IRAM", 0x4FF0_0000, 0x4FFA_0000),
            new("RTC_IRAM", 0x5010_8000, 0x5011_0000),
            new("RTC_DRAM", 0x5010_8000, 0x5011_0000),
            new("MEM_INTERNAL2", 0x600F_E000, 0x6010_0000),
        ],
        Peripherals = [new("PERIPHERALS", 0x5000_0000, 0x5020_0000)],
        Boot = new()
        {
            Banner = "ESP-ROM:esp32p4-eco2-20240710\r\nBuild:Jul 10 2024\r\n",
            Reasons = BootReasons.TwoDomains,
            Modes = new Dictionary<uint, string>
            {
                [0x307] = "DOWNLOAD(USB/UART0/SPI)",
                [0x30F] = "SPI_FAST_FLASH_BOOT",
            },
            ApplicationStrap = 0x30F,
            DownloadStrap = 0x307,
            StrapRegister = Strap,
            BeforeLoad = "SPI mode:DIO, clock div:1\r\n",
        },
        Factory = new() { Revision = 103 },
        Uart = new() { ClockDivider = 0x500C_A014, Date = 0x500C_A08C },
        Spi = new() { Base = 0x5008_D000, Pins = [new(0, 54)], PowerUp = PowerFlash },
        Efuse = new()
        {
            Base = 0x5012_D000,
            Window = 0x1000,
            Command = 0x1D4,
            DacConf = 0x1E8,
            WriteTiming1 = 0x1F0,
            WriteTiming2 = 0x1F4,
            HighestCustomPurpose = 31,
            CrystalsMHz = [40],
            Table = "esp32p4",
            TableVariants = [new(300, "esp32p4_v3.0")],
            Blocks = ReedSolomonBlocks.Usual(0x1C0),
        },
        Identity = new()
        {
            Psram = new() { Capacity = EfuseRole.PsramCapacity },
            DescribePackage = _ => "ESP32-P4",
            Features = ["Dual Core + LP Core", "400MHz"],
        },
        Security = new()
        {
            // ESP32-P4 errata: ECDSA_DS-836 and -837, ROM-764.
            SecureBoot = new() { Curves = [192, 256], HasFaultyEcdsa = true, FaultyRevisions = [300] },
            // ESP32-P4 errata, ROM-770.
            SecureDownloadFaultyRevisions = [301],
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
            KeyPurposes.Ecdsa("ECDSA_KEY_P192", 16, [192], minRevision: 300),
            KeyPurposes.Ecdsa("ECDSA_KEY_P384_L", 17, [384], minRevision: 300),
            KeyPurposes.Ecdsa("ECDSA_KEY_P384_H", 18, [384], minRevision: 300),
        ],
        SplitKeyPurposes = [KeyPurposes.Xts256, KeyPurposes.EcdsaP384],
        Crystal = new() { ChoicesMHz = [40] },
        Usb = new()
        {
            HasSerialJtag = true,
            HasOtg = true,
            OtgRestart = OtgRestart.Watchdog,
            FlashBootStrap = BitField.At(Strap, 3),
            ForceDownload = BitField.At(0x5011_0008, 2),
            Pins = [24, 25],
        },
        Watchdog = new()
        {
            Config0 = 0x5011_6000,
            Config1 = 0x5011_6004,
            WriteProtect = 0x5011_6018,
            SuperConfig = 0x5011_601C,
            SuperWriteProtect = 0x5011_6020,
            RunsOnUsbSerialJtag = true,
            CanReset = true,
        },
    };

    // Revisions 3.1 and 3.2 come up with the flash supply off (protocol.md, section 8; chips.json, flashPower).
    private static IReadOnlyList<RegisterStep> PowerFlash(EfuseView fuses)
    {
        if (fuses.Revision is not (301 or 302))
        {
            return [];
        }

        // An eFuse can make revision 3.2 do so itself, and it then leaves two bits set.
        if (fuses.Revision == 302 && fuses.Read("DOWNLOAD_MODE_XPD_ON") != 0)
        {
            return (fuses.ReadRegister(PowerDate) & 0x3) == 0x3 ? [new(PowerDate, 0, 0x3)] : [];
        }

        return
        [
            new(PadGroup, 1, MicrosecondsAfter: 10_000),
            new(RegulatorAnalog, 1u << 27, 1u << 27),
            new(Regulator, 1u << 7, 1u << 7),
            new(PowerDate, 0x3, 0x3, 50),
            new(RegulatorAnalog, 0, 1u << 27),
            new(Regulator, 0, 0xFFu << 23),
            new(Regulator, 0x80, 0x80),
            new(Regulator, 0, 1u << 7, 1_800),
        ];
    }
}
