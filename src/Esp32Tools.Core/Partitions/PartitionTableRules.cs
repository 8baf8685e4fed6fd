using System;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Partitions;

/// <summary>The rules of a partition table. Source: ESP-IDF, partition table documentation.</summary>
internal static class PartitionTableRules
{
    /// <summary>The table has one sector of its own.</summary>
    public const uint TableSize = 0x1000;

    private const uint SectorSize = 0x1000;
    private const uint AppAlignment = 0x10000;
    private const uint OtaDataSize = 0x2000;
    private const uint SmallestWritableNvs = 0x3000;

    /// <summary>What the offset of a partition of this type is a multiple of.</summary>
    public static uint OffsetAlignment(byte type) => type == PartitionNames.App ? AppAlignment : SectorSize;

    /// <summary>The bootloader and the table itself stand below all others, at places of their own.</summary>
    public static bool HasFixedPlace(byte type, byte subType) =>
        type is PartitionNames.Bootloader or PartitionNames.PartitionTable && subType == PartitionNames.Primary;

    /// <summary>Every rule that is broken, as a sentence.</summary>
    public static IEnumerable<string> Violations(IReadOnlyList<Partition> partitions, PartitionTableOptions options) =>
    [
        .. partitions.SelectMany(partition => OfOne(partition, options)),
        .. SameNames(partitions),
        .. Overlaps(partitions),
        .. MoreThanOne(partitions, PartitionNames.DataOta),
        .. MoreThanOne(partitions, PartitionNames.DataTeeOta),
    ];

    private static IEnumerable<string> OfOne(Partition partition, PartitionTableOptions options)
    {
        string who = $"The partition '{partition.Name}'";
        uint alignment = OffsetAlignment(partition.TypeNumber);
        if (partition.Offset % alignment != 0)
        {
            yield return $"{who} begins at 0x{partition.Offset:X}, which is no multiple of 0x{alignment:X}.";
        }

        uint sizes = options.SecureBootV1 ? AppAlignment : SectorSize;
        if (partition.TypeNumber == PartitionNames.App && partition.Size % sizes != 0)
        {
            yield return $"{who} has 0x{partition.Size:X} bytes, which is no multiple of 0x{sizes:X}.";
        }

        long tableEnd = (long)options.TableOffset + TableSize;
        if (partition.Offset < tableEnd && !HasFixedPlace(partition.TypeNumber, partition.SubTypeNumber))
        {
            yield return $"{who} begins at 0x{partition.Offset:X}, below the end of the table at 0x{tableEnd:X}.";
        }

        if (partition.End > options.FlashSize)
        {
            yield return $"{who} ends at 0x{partition.End:X}, behind the end of the flash at 0x{options.FlashSize:X}.";
        }

        foreach (string violation in OfData(partition, who))
        {
            yield return violation;
        }
    }

    private static IEnumerable<string> OfData(Partition partition, string who)
    {
        if (partition.TypeNumber != PartitionNames.Data)
        {
            yield break;
        }

        byte subType = partition.SubTypeNumber;
        if (subType is PartitionNames.DataOta or PartitionNames.DataTeeOta && partition.Size != OtaDataSize)
        {
            yield return $"{who} ({partition.SubType}) has 0x{partition.Size:X} bytes and must have 0x{OtaDataSize:X}.";
        }

        if (subType is PartitionNames.DataOta or PartitionNames.DataCoreDump && partition.ReadOnly)
        {
            yield return $"{who} ({partition.SubType}) cannot be read-only.";
        }

        if (subType == PartitionNames.DataNvs && partition.Size < SmallestWritableNvs && !partition.ReadOnly)
        {
            yield return $"{who} (nvs) has 0x{partition.Size:X} bytes; below 0x{SmallestWritableNvs:X} it must be read-only.";
        }
    }

    private static IEnumerable<string> SameNames(IReadOnlyList<Partition> partitions) => partitions
        .GroupBy(partition => partition.Name, StringComparer.Ordinal)
        .Where(group => group.Count() > 1)
        .Select(group => $"{group.Count()} partitions have the name '{group.Key}'.");

    private static IEnumerable<string> Overlaps(IReadOnlyList<Partition> partitions)
    {
        Partition? last = null;
        foreach (Partition partition in partitions.OrderBy(partition => partition.Offset))
        {
            if (last is not null && partition.Offset < last.End)
            {
                yield return $"The partition '{partition.Name}' begins at 0x{partition.Offset:X}, inside '{last.Name}' (0x{last.Offset:X} to 0x{last.End - 1:X}).";
            }

            last = last is null || partition.End > last.End ? partition : last;
        }
    }

    private static IEnumerable<string> MoreThanOne(IReadOnlyList<Partition> partitions, byte subType)
    {
        Partition[] found = [.. partitions.Where(partition => partition.TypeNumber == PartitionNames.Data && partition.SubTypeNumber == subType)];
        return found.Length > 1 ? [$"There are {found.Length} partitions of data, {found[0].SubType}; there can be one."] : [];
    }
}
