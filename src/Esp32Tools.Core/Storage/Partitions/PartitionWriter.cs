using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Layout;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Storage.Partitions;

/// <summary>
/// Writes and erases partitions by name: everything is checked first, only sectors of those partitions are touched, and a write
/// counts as verified only by the chip's own digest.
/// </summary>
public static class PartitionWriter
{
    /// <summary>Checks contents against a device and its table, and plans the write. Touches nothing.</summary>
    /// <param name="device">The device.</param>
    /// <param name="table">Its partition table.</param>
    /// <param name="contents">The data to write.</param>
    /// <param name="cipher">The device's key; null for none: then the chip encrypts where necessary.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.PartitionNotFound"/>, <see cref="ErrorCode.PartitionTooSmall"/>, <see cref="ErrorCode.ImageEmpty"/>;
    /// <see cref="ErrorCode.PartitionContent"/> and the errors of images.
    /// </exception>
    /// <exception cref="FlashException">
    /// <see cref="ErrorCode.PartitionReadOnly"/>; <see cref="ErrorCode.FlashEncrypted"/>: the bytes are encrypted, and the device
    /// does not decrypt them; <see cref="ErrorCode.BeyondFlash"/>; and the errors of <see cref="FlashWriter.Plan"/>.
    /// </exception>
    public static PartitionWritePlan Plan(
        Esp32Device device,
        PartitionTable table,
        IReadOnlyList<PartitionData> contents,
        PartitionCipher? cipher,
        PartitionWriteOptions options,
        CancellationToken cancellationToken) => Plan(device, table, contents, [], cipher, options, cancellationToken);

    /// <summary>Like the other overload, with images that belong to no partition.</summary>
    internal static PartitionWritePlan Plan(
        Esp32Device device,
        PartitionTable table,
        IReadOnlyList<PartitionData> contents,
        IReadOnlyList<FlashImage> others,
        PartitionCipher? cipher,
        PartitionWriteOptions options,
        CancellationToken cancellationToken)
    {
        var checks = new PartitionChecks(device, options, cancellationToken);
        var placer = new PartitionPlacer(device, cipher, options, cancellationToken);
        long flashSize = device.PrepareFlash(null, cancellationToken);
        List<FlashImage> images = [.. others];
        List<(Partition, uint, long)> erases = [];
        foreach (PartitionData data in contents)
        {
            Partition partition = table.Find(data.Name);
            checks.Check(partition, data);

            // The table comes from a device and can contain anything.
            FlashRange.Require(device, partition.Offset, partition.Size, flashSize, partition.Name);
            FlashImage image = placer.Place(partition, data);
            images.Add(image);
            long written = FlashLayout.Ceiling((long)image.Address + image.Data.Length);
            long end = FlashLayout.Ceiling(partition.End);
            if (written < end)
            {
                erases.Add((partition, (uint)written, end - written));
            }
        }

        // These refusals were already checked with better data: the plain bytes and the list of encrypted partitions.
        var writing = new FlashWriteOptions
        {
            LooksAtLayout = false,
            Differential = options.Differential,
            Allow =
            [
                ErrorCode.ImageForOtherChip, ErrorCode.ImageRevision, ErrorCode.ImageTruncated, ErrorCode.ImageInvalid, ErrorCode.FlashEncrypted,
                .. options.Allow.Where(code => code == ErrorCode.SecureBootProtected),
            ],
        };
        string[] warnings = [.. checks.Warnings, .. TableWarnings(device, table, cancellationToken)];
        return new PartitionWritePlan(FlashWriter.Plan(device, images, writing, cancellationToken), erases) { Warnings = warnings };
    }

    private static IEnumerable<string> TableWarnings(Esp32Device device, PartitionTable table, CancellationToken cancellationToken) =>
        LayoutRules.LookAtTable(table, device.KnownFlashSize(cancellationToken), "The partition table") is { } finding ? [finding.ToString()] : [];

    /// <summary>Carries out a plan.</summary>
    /// <returns>One result per partition, as each completes.</returns>
    /// <exception cref="Esp32Exception">Those of <see cref="FlashWriter.Write(Esp32Device, FlashWritePlan, Action{OperationProgress}, CancellationToken)"/>.</exception>
    public static IEnumerable<FlashWriteResult> Write(
        Esp32Device device, PartitionWritePlan plan, Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        foreach ((Partition _, uint start, long length) in plan.Erases)
        {
            FlashEraser.EraseRange(device, start, length, RefusalCatalog.FlashErase.Codes, progress, cancellationToken);
        }

        foreach (FlashWriteResult result in FlashWriter.Write(device, plan.Writes, progress, cancellationToken))
        {
            yield return result;
        }
    }

    /// <summary>Checks whether a partition may be erased, unless that is lifted by an id of <see cref="RefusalCatalog.PartitionErase"/>. Touches nothing.</summary>
    /// <exception cref="FlashException">
    /// <see cref="ErrorCode.PartitionReadOnly"/>, <see cref="ErrorCode.SecureBootProtected"/>, <see cref="ErrorCode.FlashEncrypted"/>
    /// </exception>
    public static void EnsureErasable(Esp32Device device, Partition partition, PartitionWriteOptions options, CancellationToken cancellationToken)
    {
        RefusalCatalog.PartitionErase.Require(options.Allow);
        new PartitionChecks(device, options, cancellationToken).CheckErasable(partition);
    }

    /// <summary>Erases a partition, unchecked; see <see cref="EnsureErasable"/>.</summary>
    /// <exception cref="FlashException"><see cref="ErrorCode.Misaligned"/>, <see cref="ErrorCode.BeyondFlash"/></exception>
    public static FlashEraseResult Erase(
        Esp32Device device, Partition partition, Action<OperationProgress>? progress, CancellationToken cancellationToken) =>
        FlashEraser.EraseRange(
            device, partition.Offset, FlashLayout.Ceiling(partition.End) - partition.Offset, RefusalCatalog.FlashErase.Codes, progress, cancellationToken);
}
