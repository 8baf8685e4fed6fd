using System;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;

namespace Esp32Tools.Link.Loader;

/// <summary>Computes the rate to request from a ROM so that it arrives at a baud rate (protocol.md, section 8).</summary>
internal static class RomBaudRate
{
    // RTC calibration result of the ESP32: 8 MHz cycles counted over the calibration time.
    private const uint CalibrationResult = 0x3FF5_F06C;
    private const uint CalibrationReference = 0x3FF5_A010;

    /// <summary>The number to put into CHANGE_BAUDRATE.</summary>
    /// <param name="baudRate">The rate to arrive at.</param>
    /// <param name="currentRate">The rate now.</param>
    /// <param name="chip">The chip.</param>
    /// <param name="registers">Its registers.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static uint ToName(int baudRate, int currentRate, ChipDefinition chip, IRegisterAccess registers, CancellationToken cancellationToken) =>
        chip.Loader.RomBaudRule switch
        {
            RomBaudRule.CalibratedByCk8M => ByCk8M(baudRate, registers, cancellationToken),
            RomBaudRule.AssumesCrystal => ByCrystal(baudRate, currentRate, chip, registers, cancellationToken),
            _ => (uint)baudRate,
        };

    // The ROM's assumption may be nonsense when it comes from a register that another ROM uses differently.
    private static uint ByCrystal(
        int baudRate, int currentRate, ChipDefinition chip, IRegisterAccess registers, CancellationToken cancellationToken)
    {
        uint Read(uint address) => registers.ReadRegister(address, cancellationToken);
        uint assumed = chip.Loader.RomCrystalMHz!(Read);
        uint real = (uint)CrystalFrequency.Read(chip, currentRate, Read);
        return chip.Crystal.ChoicesMHz.Contains((int)assumed) ? (uint)((ulong)baudRate * assumed / real) : (uint)baudRate;
    }

    private static uint ByCk8M(int baudRate, IRegisterAccess registers, CancellationToken cancellationToken)
    {
        ulong cycles = (registers.ReadRegister(CalibrationResult, cancellationToken) >> 7) & 0x1FF_FFFF;
        ulong ck8mCode = registers.ReadRegister(CalibrationReference, cancellationToken) & 0xFF;
        ulong romClock = cycles * 15625 * ck8mCode / 40;
        if (romClock == 0)
        {
            // No calibration in this chip: the ROM takes its nominal clock, and so does the host.
            return (uint)baudRate;
        }

        ulong crystal = romClock > 33_000_000 ? 40_000_000u : 26_000_000u;
        return (uint)((ulong)baudRate * romClock / crystal);
    }
}
