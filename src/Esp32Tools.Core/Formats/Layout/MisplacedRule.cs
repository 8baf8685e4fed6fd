using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Formats.Layout;

/// <summary>An application outside the start of its partition is never started, and one over settings destroys them.</summary>
internal static class MisplacedRule
{
    private const uint SectorSize = 0x1000;

    public static IEnumerable<LayoutFinding> Look(FlashSet set)
    {
        foreach (SetPart part in set.Parts.Where(part => !part.IsOpaque && FirmwareImage.LooksLikeImage(part.Data)))
        {
            // The data there is the bootloader, or was reported not to be one.
            if (part.Address > set.Chip.Image.BootloaderOffset && Look(set, part) is { } finding)
            {
                yield return finding;
            }
        }
    }

    /// <summary>The finding for an image over a data partition that the firmware itself maintains; null for any other.</summary>
    public static LayoutFinding? OverSettings(SetPart part, Partition partition) =>
        partition.TypeNumber == PartitionNames.Data
        && partition.SubTypeNumber is PartitionNames.DataNvs or PartitionNames.DataOta or PartitionNames.DataPhy or PartitionNames.DataNvsKeys
        && part.Address < partition.End && part.End > partition.Offset
            ? new LayoutFinding(
                ErrorCode.PartitionContent,
                $"{part.Name} is an image, and at 0x{part.Address:X} it goes over the partition '{partition.Name}' ({partition.Type}, {partition.SubType}).",
                "Check its address.",
                part.Name)
            : null;

    private static LayoutFinding? Look(FlashSet set, SetPart part)
    {
        if (set.Table is not { } table)
        {
            return part.Address % SectorSize == 0 ? null : Beside(part, "no image begins within a sector of 4096 bytes");
        }

        if (table.Partitions.FirstOrDefault(partition => partition.Offset == part.Address && partition.TypeNumber != PartitionNames.Data) is not null)
        {
            return null;
        }

        if (table.Partitions.Select(partition => OverSettings(part, partition)).FirstOrDefault(finding => finding is not null) is { } over)
        {
            return over;
        }

        Partition? inside = table.Partitions.FirstOrDefault(partition => part.Address >= partition.Offset && part.Address < partition.End);
        return inside is { IsApplication: true } ? Beside(part, $"the partition '{inside.Name}' begins at 0x{inside.Offset:X}")
            : inside is not null ? null
            : Beside(part, "no partition begins there") with { IsWarning = part.Address % SectorSize == 0 };
    }

    private static LayoutFinding Beside(SetPart part, string reason) => new(
        ErrorCode.ImageMisplaced,
        $"{part.Name} is an image at 0x{part.Address:X}, where nothing starts it: {reason}.",
        "Check its address.",
        part.Name);
}
