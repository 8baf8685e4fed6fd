using System.Collections.Generic;

namespace Esp32Tools.Chips;

/// <summary>Burn timings that eFuse controllers have in common.</summary>
internal static class EfuseTimings
{
    /// <summary>Programming voltage and the times to switch it on and off (ESP-IDF, <c>efuse_hal.c</c> of these chips).</summary>
    /// <param name="dacConf">Offset of the DAC configuration.</param>
    /// <param name="writeTiming1">Offset of the switch-on time.</param>
    /// <param name="writeTiming2">Offset of the switch-off time.</param>
    public static IReadOnlyList<EfuseTiming> Usual(uint dacConf, uint writeTiming1, uint writeTiming2) =>
    [
        new(dacConf, 0x0001_FE00, 0xFFu << 9),
        new(dacConf, 0x0000_00FF, 0x28),
        new(writeTiming1, 0x00FF_FF00, 0x3000u << 8),
        new(writeTiming2, 0x0000_FFFF, 0x190),
    ];
}
