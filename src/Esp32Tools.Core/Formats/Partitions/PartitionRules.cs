using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Partitions;

/// <summary>The rules of a partition table. Source: ESP-IDF, partition table documentation.</summary>
internal sealed class PartitionRules
{
    /// <summary>The table has one sector of its own.</summary>
    public const uint TableSize = FlashLayout.SectorSize;

    private const uint AppAlignment = 0x10000;
    private const uint OtaDataSize = 0x2000;
    private const uint SmallestWritableNvs = 0x3000;

    private readonly IReadOnlyList<Partition> _partitions;
    private readonly IReadOnlyList<string> _places;
    private readonly PartitionTableOptions _options;

    private PartitionRules(PartitionTable table, PartitionTableOptions options)
    {
        _partitions = table.Partitions;
        _places = table.Places;
        _options = options;
    }

    /// <summary>Alignment of the offset of a partition of this type, in bytes.</summary>
    public static uint OffsetAlignment(byte type) => type == PartitionNames.App ? AppAlignment : FlashLayout.SectorSize;

    /// <summary>The bootloader and the table itself lie below all others, at fixed places.</summary>
    public static bool HasFixedPlace(byte type, byte subType) =>
        type is PartitionNames.Bootloader or PartitionNames.PartitionTable && subType == PartitionNames.Primary;

    /// <summary>Every broken rule, as a sentence with its place in front when known.</summary>
    public static IEnumerable<string> Violations(PartitionTable table, PartitionTableOptions options)
    {
        var rules = new PartitionRules(table, options);
        return
        [
            .. Enumerable.Range(0, table.Partitions.Count).SelectMany(rules.OfOne),
            .. rules.SameNames(),
            .. rules.Overlaps(),
            .. rules.MoreThanOne(PartitionNames.DataOta),
            .. rules.MoreThanOne(PartitionNames.DataTeeOta),
        ];
    }

    /// <summary>The exception for a row that breaks a rule.</summary>
    /// <param name="source">Origin of the table.</param>
    /// <param name="place">Place of the row.</param>
    /// <param name="column">The column with the fault.</param>
    /// <param name="what">The fault and the correct form: full sentences.</param>
    public static InputException Wrong(string? source, string place, PartitionColumn column, string what) =>
        PartitionTable.Invalid(source, $"breaks a rule in {At(place, column)}: {what}", "Correct it there.");

    private static string At(string place, PartitionColumn column) => $"{place}, column '{column}'";

    private string At(int index, PartitionColumn column) => index < _places.Count ? $"In {At(_places[index], column)}: " : string.Empty;

    private IEnumerable<string> OfOne(int index)
    {
        Partition partition = _partitions[index];
        string who = $"The partition '{partition.Name}'";
        uint alignment = OffsetAlignment(partition.TypeNumber);
        if (partition.Offset % alignment != 0)
        {
            yield return $"{At(index, PartitionColumn.Offset)}{who} begins at 0x{partition.Offset:X}, which is no multiple of 0x{alignment:X}.";
        }

        uint sizes = _options.SecureBootV1 ? AppAlignment : FlashLayout.SectorSize;
        if (partition.TypeNumber == PartitionNames.App && partition.Size % sizes != 0)
        {
            yield return $"{At(index, PartitionColumn.Size)}{who} has 0x{partition.Size:X} bytes, which is no multiple of 0x{sizes:X}.";
        }

        long tableEnd = (long)_options.TableOffset + TableSize;
        if (partition.Offset < tableEnd && !HasFixedPlace(partition.TypeNumber, partition.SubTypeNumber))
        {
            yield return $"{At(index, PartitionColumn.Offset)}{who} begins at 0x{partition.Offset:X}, below the end of the table at 0x{tableEnd:X}.";
        }

        if (partition.End > _options.FlashSize)
        {
            yield return $"{At(index, PartitionColumn.Size)}{who} ends at 0x{partition.End:X}, behind the end of the flash at 0x{_options.FlashSize:X}.";
        }

        if (partition.TypeNumber == PartitionNames.Data)
        {
            foreach (string violation in OfData(index, partition, who))
            {
                yield return violation;
            }
        }
    }

    private IEnumerable<string> OfData(int index, Partition partition, string who)
    {
        byte subType = partition.SubTypeNumber;
        if (subType is PartitionNames.DataOta or PartitionNames.DataTeeOta && partition.Size != OtaDataSize)
        {
            yield return $"{At(index, PartitionColumn.Size)}{who} ({partition.SubType}) has 0x{partition.Size:X} bytes and must have 0x{OtaDataSize:X}.";
        }

        if (subType is PartitionNames.DataOta or PartitionNames.DataCoreDump && partition.ReadOnly)
        {
            yield return $"{At(index, PartitionColumn.Flags)}{who} ({partition.SubType}) cannot be read-only.";
        }

        if (subType == PartitionNames.DataNvs && partition.Size < SmallestWritableNvs && !partition.ReadOnly)
        {
            yield return $"{At(index, PartitionColumn.Flags)}{who} (nvs) has 0x{partition.Size:X} bytes; below 0x{SmallestWritableNvs:X} it must be read-only.";
        }
    }

    private IEnumerable<string> SameNames() => Indices()
        .GroupBy(index => _partitions[index].Name, StringComparer.Ordinal)
        .Where(group => group.Count() > 1)
        .Select(group => $"{At(group.Last(), PartitionColumn.Name)}{group.Count()} partitions have the name '{group.Key}'.");

    private IEnumerable<string> Overlaps()
    {
        Partition? last = null;
        foreach (int index in Indices().OrderBy(index => _partitions[index].Offset))
        {
            Partition partition = _partitions[index];
            if (last is not null && partition.Offset < last.End)
            {
                yield return $"{At(index, PartitionColumn.Offset)}The partition '{partition.Name}' begins at 0x{partition.Offset:X}, inside '{last.Name}' (0x{last.Offset:X} to 0x{last.End - 1:X}).";
            }

            last = last is null || partition.End > last.End ? partition : last;
        }
    }

    private IEnumerable<string> MoreThanOne(byte subType)
    {
        int[] found = [.. Indices().Where(index => _partitions[index].TypeNumber == PartitionNames.Data && _partitions[index].SubTypeNumber == subType)];
        return found.Length > 1
            ? [$"{At(found[1], PartitionColumn.SubType)}There are {found.Length} partitions of data, {_partitions[found[0]].SubType}; there can be one."]
            : [];
    }

    private IEnumerable<int> Indices() => Enumerable.Range(0, _partitions.Count);
}
