using System;
using System.Linq;
using Esp32Tools.Chips;

namespace Esp32Tools.Link.Loader;

/// <summary>The frequency of the crystal on the board (protocol.md, section 8).</summary>
internal static class CrystalFrequency
{
    private const uint DividerMask = 0xF_FFFF;

    /// <summary>The frequency in MHz.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="baudRate">Baud rate in use.</param>
    /// <param name="readRegister">Returns the word at an address.</param>
    public static int Read(ChipDefinition chip, int baudRate, Func<uint, uint> readRegister)
    {
        if (!chip.Crystal.IsMeasured)
        {
            return chip.Crystal.ChoicesMHz[0];
        }

        // The UART divides the crystal's frequency down to the baud rate that it measured on the sync.
        double estimate = baudRate * (double)(readRegister(chip.Uart.ClockDivider) & DividerMask) / 1e6;
        return chip.Crystal.ChoicesMHz.OrderBy(choice => Math.Abs(choice - estimate)).First();
    }
}
