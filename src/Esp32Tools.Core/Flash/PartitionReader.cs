using System;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Errors;

namespace Esp32Tools.Flash;

/// <summary>Reads partitions of a device.</summary>
public static class PartitionReader
{
    /// <summary>Reads a partition.</summary>
    /// <exception cref="FlashException"><see cref="ErrorCode.BeyondFlash"/>, <see cref="ErrorCode.FlashReadFailed"/></exception>
    public static byte[] Read(
        Esp32Device device, Esp32Partition partition, Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        // The table comes from a device and may claim anything.
        device.OpenFlash(cancellationToken);
        long flashSize = device.PrepareFlash(null, cancellationToken);
        FlashRange.Require(device, partition.Offset, partition.Size, flashSize, partition.Name);
        Action<OperationProgress>? report = progress is null ? null : step => progress(step with { Operation = $"Reading {partition.Name}" });
        return FlashReader.Read(device, partition.Offset, (int)partition.Size, report, cancellationToken);
    }
}
