using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Formats.Layout;

/// <summary>
/// Applications lie in partitions of the table for applications and fit into them, and those partitions hold nothing else.
/// </summary>
internal static class ApplicationRule
{
    public static IEnumerable<LayoutFinding> Look(FlashSet set) => set.Table is not { } table ? [] :
    [
        .. from part in set.Parts
           from partition in table.Partitions
           where partition.IsApplication && part.Covers(partition.Offset) && !IsWithinFirstImage(part, partition.Offset)
           from finding in LookAt(set, part, partition)
           select finding,
    ];

    // Data that extends into the next partition was reported for the first one.
    private static bool IsWithinFirstImage(SetPart part, long address) =>
        !part.IsOpaque && part.Address < address && FlashSet.ImageAt(part, part.Address) is { } first && part.Address + first.Length > address;

    /// <summary>Findings about the contents of a partition for applications, apart from damage of an image.</summary>
    public static IEnumerable<LayoutFinding> LookAt(FlashSet set, SetPart part, Partition partition)
    {
        string name = part.NameAt(partition.Offset);
        FirmwareImage? image = part.IsOpaque ? null : FlashSet.ImageAt(part, partition.Offset);
        bool isInside = part.Address < partition.Offset;
        bool isErased = !part.IsOpaque && ContentKind.BeginsBlank(part.From(partition.Offset));
        long length = image is not null && (isInside || part.End > partition.End) ? image.Length
            : isInside || isErased ? 0
            : part.Data.Length;
        if (length > partition.Size)
        {
            yield return new LayoutFinding(
                ErrorCode.PartitionTooSmall,
                $"{name} has 0x{length:X} bytes, and the partition '{partition.Name}' has 0x{partition.Size:X}: the rest would go over what is behind it.",
                "Build it smaller, or give the partition more room.",
                part.Name);
        }
        else if (!isInside && part.End > partition.End)
        {
            yield return new LayoutFinding(
                ErrorCode.PartitionTooSmall,
                $"{name} goes on behind the application and its partition '{partition.Name}', up to 0x{part.End:X}.",
                "It is right only if it was made of several images.",
                part.Name)
            { IsWarning = true };
        }

        if (part.IsOpaque)
        {
            yield break;
        }

        if (image?.Bootloader is not null)
        {
            yield return new LayoutFinding(
                ErrorCode.PartitionContent,
                $"{name} is a bootloader, and the partition '{partition.Name}' there is for an application.",
                "Check the files and their addresses.",
                part.Name);
        }
        else if (ImagePlace.Look(set.Chip, name, part.From(partition.Offset), $"the partition '{partition.Name}' there is for an application", ErrorCode.PartitionContent) is { } finding)
        {
            // In a copy of a flash, only the default application has to be there.
            bool mayBeAnything = isInside && finding.Code == ErrorCode.PartitionContent && partition != set.Table?.BootDefault;
            yield return mayBeAnything ? finding with { IsWarning = true } : finding;
        }
    }
}
