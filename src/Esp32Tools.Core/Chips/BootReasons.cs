using System.Collections.Generic;

namespace Esp32Tools.Chips;

/// <summary>Reset reasons of ROMs that differ from <see cref="BootFacts.Reasons"/>, from boot logs of the chips.</summary>
internal static class BootReasons
{
    /// <summary>Chips whose RTC became a low-power domain: ESP32-C6 and its relatives.</summary>
    public static IReadOnlyDictionary<ResetReason, string> LowPower { get; } = new Dictionary<ResetReason, string>
    {
        [ResetReason.PowerOn] = "0x1 (POWERON)",
        [ResetReason.Watchdog] = "0x10 (LP_WDT_SYS)",
        [ResetReason.BrownOut] = "0xf (LP_BOD_SYS)",
        [ResetReason.Software] = "0xc (SW_CPU)",
        [ResetReason.Usb] = "0x15 (USB_UART_HPSYS)",
    };

    /// <summary>Chips with a processor in each of two power domains: ESP32-P4 and later.</summary>
    public static IReadOnlyDictionary<ResetReason, string> TwoDomains { get; } = new Dictionary<ResetReason, string>
    {
        [ResetReason.PowerOn] = "0x1 (POWERON)",
        [ResetReason.Watchdog] = "0x10 (CHIP_LP_WDT_RESET)",

        // The number is that of all chips; no log with the name is available.
        [ResetReason.BrownOut] = "0xf",
        [ResetReason.Software] = "0xc (SW_CPU_RESET)",
        [ResetReason.Usb] = "0x17 (CHIP_USB_UART_RESET)",
    };
}
