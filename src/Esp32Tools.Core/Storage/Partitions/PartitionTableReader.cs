using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Storage.Partitions;

/// <summary>Reads the partition table from a device's flash.</summary>
public static class PartitionTableReader
{
    /// <summary>Reads and checks the table.</summary>
    /// <param name="device">The device.</param>
    /// <param name="offset">Flash address of the table; 0x8000 unless the project moved it.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <param name="cipher">Decrypts the table of a device that encrypts its flash; null when there is no key.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.PartitionTableMissing"/>, <see cref="ErrorCode.PartitionTableInvalid"/></exception>
    /// <exception cref="FlashException"><see cref="ErrorCode.FlashEncrypted"/>: the data there is encrypted.</exception>
    public static PartitionTable Read(Esp32Device device, uint offset, CancellationToken cancellationToken, PartitionCipher? cipher = null)
    {
        byte[] bytes = TableBytes.Read(device, offset, cancellationToken);

        // Blank flash counts as blank; decrypting it would give noise.
        bool isBlank = FlashLayout.IsBlank(bytes, 0, bytes.Length);
        bytes = isBlank ? bytes : cipher?.Decrypt(bytes, offset) ?? bytes;
        try
        {
            return PartitionTable.Parse(bytes, $"{device.PortName} at 0x{offset:X}");
        }
        catch (InputException error) when (!isBlank && device.ReadFlashProtection(cancellationToken).FlashEncryption)
        {
            throw new FlashException(
                ErrorCode.FlashEncrypted,
                $"Flash encryption is on in the chip on {device.PortName}: its partition table is there, but only its own key makes it readable.",
                cipher is null ? "Give the flash encryption key, or read the table from the file that was flashed." : "Check that the key is the one of this chip.",
                error)
            { Target = device.PortName };
        }
    }
}
