using System;
using System.Linq;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.Storage.Partitions;

namespace Esp32Tools.Storage.Nvs;

/// <summary>Reads NVS partitions of devices. They may be encrypted: <see cref="NvsCipher"/> decrypts them.</summary>
public static class NvsDevice
{
    /// <summary>Finds a partition by its name.</summary>
    /// <param name="device">The device.</param>
    /// <param name="name">Name of the partition.</param>
    /// <param name="tableOffset">Flash address of the partition table.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.PartitionNotFound"/>, <see cref="ErrorCode.PartitionTableMissing"/>, <see cref="ErrorCode.PartitionTableInvalid"/>
    /// </exception>
    public static Esp32Partition Find(Esp32Device device, string name, uint tableOffset, CancellationToken cancellationToken) =>
        Esp32Partition.From(PartitionTableReader.Read(device, tableOffset, cancellationToken)).FirstOrDefault(candidate => VisibleText.IsName(candidate.Name, name))
        ?? throw new InputException(
            ErrorCode.PartitionNotFound, $"{device} has no partition '{name}'.", "List its partitions, and name the one that is NVS.")
        { Target = name };

    /// <summary>Reads the bytes of a partition, as stored in NVS.</summary>
    /// <param name="device">The device.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="progress">Receives the progress; null for none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static byte[] Read(Esp32Device device, Esp32Partition partition, Action<OperationProgress>? progress, CancellationToken cancellationToken) =>
        PartitionReader.Read(device, partition.ToPartition(), progress, cancellationToken);
}
