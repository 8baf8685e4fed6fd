using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Flash;

/// <summary>Reads the bytes of a partition table from a device, and no more of them than the table has.</summary>
internal static class TableBytes
{
    // Sixteen entries hold the tables of most projects; the whole area takes 33 ms at 921600 baud.
    private const int Usual = 0x200;

    /// <summary>Reads the table up to its end entry, or its whole area where no end is found, as in an encrypted table.</summary>
    public static byte[] Read(Esp32Device device, uint offset, CancellationToken cancellationToken)
    {
        byte[] first = FlashReader.Read(device, offset, Usual, null, cancellationToken);
        return PartitionTable.HasEnd(first)
            ? first
            : [.. first, .. FlashReader.Read(device, offset + Usual, PartitionTable.BinarySize - Usual, null, cancellationToken)];
    }
}
