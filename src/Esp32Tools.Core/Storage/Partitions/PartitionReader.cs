using System;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Storage.Partitions;

/// <summary>Reads partitions of a device.</summary>
public static class PartitionReader
{
    /// <summary>Reads a partition.</summary>
    /// <exception cref="FlashException"><see cref="ErrorCode.BeyondFlash"/>, <see cref="ErrorCode.FlashReadFailed"/></exception>
    public static byte[] Read(
        Esp32Device device, Partition partition, Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        // The table comes from a device and can contain anything.
        var link = new SteadyLink(device, SteadyLink.DefaultReconnects, cancellationToken);
        FlashRange.RequireReadable(device, partition.Offset, partition.Size, link, cancellationToken, partition.Name);
        Action<OperationProgress>? report = progress is null ? null : step => progress(step with { Operation = $"Reading {partition.Name}" });
        return FlashReader.Read(device, partition.Offset, (int)partition.Size, link, report, cancellationToken);
    }
}
