using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Devices;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Storage.Partitions;

/// <summary>Reads bootloader and partition table of a unit, and makes the manifest of the backup.</summary>
public static class PartitionBackup
{
    /// <summary>File name of the bootloader.</summary>
    public const string BootloaderFile = "_bootloader.bin";

    /// <summary>File name of the partition table.</summary>
    public const string TableFile = "_partition-table.bin";

    /// <summary>Reads bootloader and partition table.</summary>
    /// <param name="device">The device.</param>
    /// <param name="tableOffset">Flash address of the table.</param>
    /// <param name="cipher">The device's key; null for none: then the files hold the raw flash contents.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The entries of the manifest with their bytes: the bootloader and the table.</returns>
    public static IReadOnlyList<(PartitionManifestEntry Entry, byte[] Data)> ReadSurroundings(
        Esp32Device device, uint tableOffset, PartitionCipher? cipher, CancellationToken cancellationToken)
    {
        // Secure boot v1 keeps the digest of the bootloader before it.
        uint bootloader = device.GetChip().Efuse.Has(EfuseRole.SecureBootV1Enable) ? 0 : (uint)device.GetChip().Image.BootloaderOffset;
        return
        [
            Read("bootloader", BootloaderFile, bootloader, tableOffset - bootloader),
            Read("partition_table", TableFile, tableOffset, PartitionRules.TableSize),
        ];

        (PartitionManifestEntry, byte[]) Read(string type, string file, uint offset, uint size)
        {
            bool encrypts = device.ReadFlashProtection(cancellationToken).FlashEncryption;
            byte[] data = FlashReader.Read(device, offset, (int)size, null, cancellationToken);
            data = cipher?.Decrypt(data, offset) ?? data;
            return (new PartitionManifestEntry
            {
                Name = type,
                Type = type,
                SubType = "primary",
                Offset = offset,
                Size = size,
                File = file,
                Sha256 = PartitionRestore.Sha256Of(data),
                Contents = !encrypts ? PartitionContents.Plain : cipher is null ? PartitionContents.Encrypted : PartitionContents.Decrypted,
            }, data);
        }
    }

    /// <summary>The manifest of a unit.</summary>
    /// <param name="device">The device.</param>
    /// <param name="surroundings">The result of <see cref="ReadSurroundings"/>.</param>
    /// <param name="partitions">The partitions, with their files.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static PartitionManifest Manifest(
        Esp32Device device,
        IReadOnlyList<(PartitionManifestEntry Entry, byte[] Data)> surroundings,
        IEnumerable<PartitionManifestEntry> partitions,
        CancellationToken cancellationToken) => new()
        {
            Chip = device.GetChip().Key,
            Mac = device.ReadIdentity(cancellationToken).Mac,
            Bootloader = surroundings[0].Entry,
            Table = surroundings[1].Entry,
            Partitions = partitions.ToArray(),
        };
}
