using System.Collections.Generic;

namespace Esp32Tools.Chips;

/// <summary>
/// The boot of the mask ROM: the strapping pins that choose the mode, and its output at 115200 baud. The
/// texts with a default are those of the RISC-V chips.
/// </summary>
public sealed class BootFacts
{
    /// <summary>Lines before the one with the reset reason, with line endings.</summary>
    public required string Banner { get; init; }

    /// <summary>Reset reasons as the ROM prints them, number included.</summary>
    public IReadOnlyDictionary<ResetReason, string> Reasons { get; init; } = new Dictionary<ResetReason, string>
    {
        [ResetReason.PowerOn] = "0x1 (POWERON)",
        [ResetReason.Watchdog] = "0x10 (RTCWDT_RTC_RST)",
        [ResetReason.BrownOut] = "0xf (BROWNOUT_RST)",
        [ResetReason.Software] = "0x3 (RTC_SW_SYS_RST)",
        [ResetReason.Usb] = "0x15 (USB_UART_CHIP_RESET)",
    };

    /// <summary>Names of the boot modes by strapping value.</summary>
    public IReadOnlyDictionary<uint, string> Modes { get; init; } = new Dictionary<uint, string>
    {
        [0x4] = "DOWNLOAD(USB/UART0/1)",
        [0xC] = "SPI_FAST_FLASH_BOOT",
    };

    /// <summary>Strapping value with the boot pin high; one of <see cref="Modes"/>.</summary>
    public uint ApplicationStrap { get; init; } = 0xC;

    /// <summary>Strapping value with the boot pin low; one of <see cref="Modes"/>.</summary>
    public uint DownloadStrap { get; init; } = 0x4;

    /// <summary>Register from which the strapping value can be read; null where it is not used.</summary>
    public uint? StrapRegister { get; init; }

    /// <summary>Printed before the segments of the second stage bootloader are loaded.</summary>
    public string BeforeLoad { get; init; } = "SPIWP:0xee\r\nmode:DIO, clock div:1\r\n";

    /// <summary>Composite format of one loaded segment: {0} is its address, {1} its length.</summary>
    public string LoadFormat { get; init; } = "load:0x{0:x8},len:0x{1:x}\r\n";

    /// <summary>Composite format of a wrong checksum: {0} is the calculated one, {1} the one in the image. Source: a boot log of the ESP32-C3.</summary>
    public string ChecksumFormat { get; init; } = "Checksum failure. Calculated 0x{0:x2} stored 0x{1:x2}\r\nets_main.c 333 \r\n";

    /// <summary>True for a ROM that compares the hash of the bootloader, reports a difference, and starts it anyway.</summary>
    public bool ChecksHash { get; init; } = true;

    /// <summary>Printed when the loader starts the program; empty for none.</summary>
    public string LoaderLeft { get; init; } = "user code done\r\n";

    /// <summary>
    /// Composite format of the message about an access outside the address space, {0} being the address; null for a ROM
    /// that stops silently.
    /// </summary>
    public string? CrashFormat { get; init; } =
        "Guru Meditation Error: Core 0 panic'ed (Load access fault)\r\nCore 0 register dump:\r\n"
        + "MSTATUS : 0x00001880  MCAUSE  : 0x00000005  MTVAL   : 0x{0:x8}\r\n";
}
