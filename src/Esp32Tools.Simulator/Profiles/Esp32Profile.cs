using System.Collections.Generic;
using Esp32Tools.Chips;

namespace Esp32Tools.Simulator.Profiles;

/// <summary>
/// ESP32. Sources: ESP32 Technical Reference Manual (reset, eFuse), ESP-IDF eFuse table, boot logs of the chip.
/// </summary>
internal static class Esp32Profile
{
    public static ChipProfile Create() => new()
    {
        Chip = ChipCatalog.ByName("esp32"),
        Peripherals = [new("PERIPHERALS", 0x3FF0_0000, 0x3FF8_0000), new("AHB", 0x6000_0000, 0x6004_0000)],
        UartBases = [0x3FF4_0000, 0x6000_0000],
        Presets = new Dictionary<uint, uint>
        {
            [ChipDefinition.MagicRegister] = 0x00F0_1D83,
            // Date of the APB controller; revision 3 adds bit 31.
            [0x3FF6_607C] = 0x1604_2000,
            // 8 MHz oscillator against a 40 MHz crystal: 40 MHz / 15625 * 40 / CK8M frequency 52, in bits 31:7.
            [0x3FF5_F06C] = 1969 << 7,
        },
        StrapRegister = 0x3FF4_4038,
        OscillatorRegister = 0x3FF5_F06C,
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
            BeforeLoad = "configsip: 0, SPIWP:0xee\r\n"
                + "clk_drv:0x00,q_drv:0x00,d_drv:0x00,cs0_drv:0x00,hd_drv:0x00,wp_drv:0x00\r\n"
                + "mode:DIO, clock div:2\r\n",
            LoadFormat = "load:0x{0:x8},len:{1}\r\n",
        },
        Fuses = new()
        {
            ReadDisableWord = 0,
            ReadDisableShift = 16,
            WriteProtection =
            [
                new(0, 0, 0x000F_0000), new(1, 0, 0x0000_FFFF), new(2, 0, 0x0FF0_0000),
                new(3, 1, 0xFFFF_FFFF), new(3, 2, 0x00FF_FFFF), new(3, 3, 0x0000_000B), new(3, 5, 0x00C0_0000),
                new(4, 4, 0x0000_1FFF), new(5, 4, 0x0001_C000), new(6, 5, 0x000F_FFFF),
                new(10, 3, 0x0000_4000), new(10, 5, 0xF000_0000), new(10, 6, 0x0000_0403),
                new(12, 6, 0x0000_0010), new(13, 6, 0x0000_0020), new(14, 6, 0x0000_0040), new(15, 6, 0x0000_0384),
            ],
            ReadProtection = [new(3, 3, 0x0000_4000), new(3, 5, 0xF000_0000), new(3, 6, 0x0000_0403)],
        },
        MacPrefix = 0x24_0AC4,
        DefaultRevision = 300,
        Factory = fuses =>
        {
            fuses.Set(0, 2, (uint)Crc8(fuses.Mac) << 16);
            // Package 1 (ESP32-D0WD-V3), rated at 240 MHz.
            fuses.Set(0, 3, (1u << 9) | (1u << 13));
            // 8 MHz oscillator as calibrated: 52; reference voltage 1100 mV + 7 * 3.
            fuses.Set(0, 4, 52 | (3u << 8));
        },
        DownloadDisabled = (0, 27),
        DownloadDisabledMinRevision = 300,
    };

    // CRC-8 with polynomial 0x31 reflected, start 0 (facts on efuse, section 5).
    private static byte Crc8(byte[] octets)
    {
        byte crc = 0;
        foreach (byte octet in octets)
        {
            crc ^= octet;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (byte)((crc & 1) != 0 ? (crc >> 1) ^ 0x8C : crc >> 1);
            }
        }

        return crc;
    }
}
