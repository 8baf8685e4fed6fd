using System.Collections.Generic;
using Esp32Tools.Chips;
using Esp32Tools.Compat;
using Esp32Tools.Simulator.Efuse;

namespace Esp32Tools.Simulator.Profiles;

/// <summary>
/// ESP32-C3. Sources: ESP32-C3 Technical Reference Manual (chip boot control, eFuse), ESP-IDF eFuse table, boot logs of
/// the chip.
/// </summary>
internal static class Esp32C3Profile
{
    private const int KeyBlocks = 6;

    public static ChipProfile Create() => new()
    {
        Chip = ChipCatalog.ByName("esp32c3"),
        Peripherals = [new("PERIPHERALS", 0x6000_0000, 0x600F_E000)],
        UartBases = [0x6000_0000],
        Boot = new()
        {
            Banner = "ESP-ROM:esp32c3-api1-20210207\r\nBuild:Feb  7 2021\r\n",
            Reasons = new Dictionary<ResetReason, string>
            {
                [ResetReason.PowerOn] = "0x1 (POWERON)",
                [ResetReason.Watchdog] = "0x10 (RTCWDT_RTC_RST)",
                [ResetReason.BrownOut] = "0xf (BROWNOUT_RST)",
                [ResetReason.Software] = "0x3 (RTC_SW_SYS_RST)",
                [ResetReason.Usb] = "0x15 (USB_UART_CHIP_RESET)",
            },
            Modes = new Dictionary<uint, string>
            {
                [0x4] = "DOWNLOAD(USB/UART0/1)",
                [0xC] = "SPI_FAST_FLASH_BOOT",
            },
            ApplicationStrap = 0xC,
            DownloadStrap = 0x4,
            BeforeLoad = "SPIWP:0xee\r\nmode:DIO, clock div:1\r\n",
            LoadFormat = "load:0x{0:x8},len:0x{1:x}\r\n",
            LoaderLeft = "user code done\r\n",
            CrashFormat = "Guru Meditation Error: Core 0 panic'ed (Load access fault)\r\nCore 0 register dump:\r\n"
                + "MSTATUS : 0x00001880  MCAUSE  : 0x00000005  MTVAL   : 0x{0:x8}\r\n",
        },
        Fuses = new()
        {
            ReadDisableWord = 1,
            ReadDisableShift = 0,
            WriteProtection =
            [
                new(0, 1, 0x0000_007F), new(2, 1, 0x0018_DF00), new(3, 2, 0x0003_0000), new(4, 2, 0x001C_0000),
                new(5, 2, 0x0020_0000), new(6, 2, 0x0040_0000), new(7, 2, 0x0080_0000),
                new(8, 2, 0x0F00_0000), new(9, 2, 0xF000_0000),
                new(10, 3, 0x0000_000F), new(11, 3, 0x0000_00F0), new(12, 3, 0x0000_0F00), new(13, 3, 0x0000_F000),
                new(15, 3, 0x0010_0000), new(16, 3, 0x0020_0000),
                new(18, 3, 0xF000_0000), new(18, 4, 0x3FFF_E0F7), new(19, 4, 0x8000_0000), new(19, 5, 0x0000_0003),
                new(30, 1, 0x0600_0000), new(31, 1, 0x0007_0000),
            ],
        },
        MacPrefix = 0x7C_DFA1,
        DefaultRevision = 3,
        Factory = _ => { },
        SecurityInfo = SecurityInfo,
        SecureDownload = (4, 5),
        DownloadDisabled = (4, 0),
    };

    // protocol.md, section 2: SECURITY_INFO. Positions of the fuses: eFuse table, block 0.
    private static byte[] SecurityInfo(EfuseController efuse)
    {
        uint word1 = efuse.Block0(1);
        uint word2 = efuse.Block0(2);
        uint word3 = efuse.Block0(3);
        uint word4 = efuse.Block0(4);
        uint softJtag = word1 >> 16 & 7;
        bool jtagOffForNow = softJtag is 1 or 2 or 4 or 7;
        uint flags = (word3 >> 20 & 1)
            | (word3 >> 21 & 1) << 1
            | (word4 >> 5 & 1) << 2
            | (word2 >> 21 & 7) << 3
            | (jtagOffForNow ? 1u << 6 : 0)
            | (word1 >> 19 & 1) << 7
            | (word1 >> 11 & 1) << 8
            | (word1 >> 10 & 1) << 10;
        byte[] info = new byte[20];
        LittleEndian.WriteUInt32(info, 0, flags);
        info[4] = (byte)(word2 >> 18 & 7);
        for (int key = 0; key < KeyBlocks; key++)
        {
            int bit = 24 + (4 * key);
            info[5 + key] = (byte)((bit < 32 ? word2 >> bit : word3 >> (bit - 32)) & 0xF);
        }

        // The seventh purpose belongs to no key block; the ROM of an empty chip gives 12 (protocol.md, section 2).
        info[11] = 0x0C;
        LittleEndian.WriteUInt32(info, 12, 5);
        LittleEndian.WriteUInt32(info, 16, 3);
        return info;
    }
}
