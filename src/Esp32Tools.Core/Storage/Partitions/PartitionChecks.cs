using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Compat;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Layout;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Storage.Partitions;

/// <summary>Checks data for a partition before anything is touched.</summary>
internal sealed class PartitionChecks(Esp32Device device, PartitionWriteOptions options, CancellationToken cancellationToken)
{
    private readonly Refusals _refusals = new(RefusalCatalog.PartitionWrite, options.Allow);
    private readonly List<string> _warnings = [];

    /// <summary>Warnings: full sentences.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Throws unless the bytes fit the partition in size and kind.</summary>
    public void Check(Partition partition, PartitionData data)
    {
        if (data.Data.Length == 0)
        {
            throw new InputException(ErrorCode.ImageEmpty, $"{data.Source} is empty.", "Build it again, or check the path.") { Target = data.Source };
        }

        if (data.Data.Length > partition.Size)
        {
            throw new InputException(
                ErrorCode.PartitionTooSmall,
                $"{data.Source} has 0x{data.Data.Length:X} bytes, and the partition '{partition.Name}' has 0x{partition.Size:X}.",
                "Build it smaller, or give the partition more room.")
            { Target = data.Source };
        }

        // Data that was read from there belongs there.
        if (!data.IsCopy)
        {
            CheckWritable(partition);
            CheckContent(partition, data);
        }
    }

    /// <summary>Throws when the partition is marked as read-only.</summary>
    public void CheckWritable(Partition partition)
    {
        if (partition.ReadOnly)
        {
            _refusals.Refuse(new FlashException(
                ErrorCode.PartitionReadOnly, $"The partition '{partition.Name}' on {device.PortName} is marked as read-only.", "Check that it is the intended one.")
            { Target = partition.Name });
        }
    }

    /// <summary>Throws when the erased data is essential for the chip to start and cannot be restored without its keys.</summary>
    public void CheckErasable(Partition partition)
    {
        CheckWritable(partition);
        FlashProtection security = device.ReadFlashProtection(cancellationToken);
        bool boots = partition.TypeNumber is PartitionNames.Bootloader or PartitionNames.PartitionTable;
        if (security.SecureBoot != 0 && boots)
        {
            _refusals.Refuse(new FlashException(
                ErrorCode.SecureBootProtected,
                $"Secure boot v{security.SecureBoot} is on in the chip on {device.PortName}; without '{partition.Name}' it does not start.",
                "Erase it only with a signed one at hand.")
            { Target = partition.Name });
        }

        if (security.FlashEncryption && partition.UsesFlashEncryption)
        {
            _refusals.Refuse(new FlashException(
                ErrorCode.FlashEncrypted,
                $"Flash encryption is on in the chip on {device.PortName}; what is erased of '{partition.Name}' can be made anew for this chip alone.",
                "Erase it only if its contents can be encrypted again.")
            { Target = partition.Name });
        }
    }

    private void CheckContent(Partition partition, PartitionData data)
    {
        if (data.Contents == PartitionContents.Encrypted)
        {
            return;
        }

        // By the same rules as for addresses; plain data may still be encrypted later on.
        IReadOnlyList<LayoutFinding> findings = LayoutRules.LookAtPartition(device.GetChip(), partition, data.Source, data.Data);
        foreach (LayoutFinding finding in findings.Where(finding => !finding.IsWarning))
        {
            _refusals.Refuse(finding.ToException());
        }

        if (partition.IsApplication && !FirmwareImage.LooksLikeImage(data.Data) && findings.All(finding => finding.IsWarning))
        {
            _refusals.Refuse(WrongContent(partition, data, "is no application"));
            return;
        }

        _warnings.AddRange(findings.Where(finding => finding.IsWarning).Select(finding => finding.ToString()));

        if (FirmwareImage.LooksLikeImage(data.Data) && (partition.IsApplication || partition.TypeNumber == PartitionNames.Bootloader))
        {
            CheckApplication(data);
        }
        else if (partition.TypeNumber == PartitionNames.Data && partition.SubTypeNumber == PartitionNames.DataNvs && NvsImage.HeaderDefect(data.Data) is { } defect)
        {
            _refusals.Refuse(WrongContent(partition, data, $"is no image of NVS: {defect}"));
        }
    }

    private void CheckApplication(PartitionData data)
    {
        FirmwareImage? image = null;
        _refusals.Check(() => image = FirmwareImage.Parse(data.Data, data.Source));
        if (image is not null)
        {
            CheckImage(image);
        }
    }

    /// <summary>Throws unless an image is complete and runs on this chip.</summary>
    public void CheckImage(FirmwareImage image)
    {
        _refusals.Check(() => ImageCheck.EnsureChip(image, device.GetChip()));
        _refusals.Check(image.EnsureIntact);
        if (!device.IsSecureDownloadMode && image.Chip == device.GetChip())
        {
            _refusals.Check(() => ImageCheck.EnsureRevision(image, device.GetChip(), device.ReadIdentity(cancellationToken).Revision));
        }
    }

    private static InputException WrongContent(Partition partition, PartitionData data, string what) => new(
        ErrorCode.PartitionContent,
        $"{data.Source} {what}, which the partition '{partition.Name}' ({partition.Type}, {partition.SubType}) holds.",
        "Check the file and the name of the partition.")
    { Target = data.Source };
}
