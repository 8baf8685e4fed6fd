using System.Threading;
using Esp32Tools.Devices;

namespace Esp32Tools.Flash;

/// <summary>The status registers of a flash memory: three bytes, the first in bits 7:0 of one number.</summary>
internal static class FlashStatus
{
    /// <summary>Bits that the part sets by itself: write in progress and write enabled.</summary>
    public const uint Momentary = 0x03;

    private static readonly byte[] s_readCommands = [0x05, 0x35, 0x15];

    public static uint Read(SpiController spi, CancellationToken cancellationToken)
    {
        uint status = 0;
        for (int i = 0; i < s_readCommands.Length; i++)
        {
            status |= spi.Run(new SpiTransfer(s_readCommands[i]) { ReadBits = 8 }, cancellationToken) << (8 * i);
        }

        return status;
    }

    /// <summary>True while a write is in progress in the part.</summary>
    public static bool IsBusy(SpiController spi, CancellationToken cancellationToken) =>
        (spi.Run(new SpiTransfer(s_readCommands[0]) { ReadBits = 8 }, cancellationToken) & 1) != 0;
}
