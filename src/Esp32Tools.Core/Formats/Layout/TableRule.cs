using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Formats.Layout;

/// <summary>Data at the usual place of the partition table, or that begins like one, must be a complete table.</summary>
internal static class TableRule
{
    private const uint Usual = PartitionTableOptions.DefaultTableOffset;

    public static IEnumerable<LayoutFinding> Look(FlashSet set)
    {
        foreach (SetPart part in set.Parts.Where(part => !part.IsOpaque && part.Covers(Usual)))
        {
            if (Look(part) is { } finding)
            {
                yield return finding;
            }
        }
    }

    private static LayoutFinding? Look(SetPart part)
    {
        byte[] bytes = part.From(Usual);
        if (!ContentKind.BeginsAsTable(bytes))
        {
            return part.Address == Usual ? NoTable(part) : null;
        }

        // A file with only a table may end after its last entry; a combined file always has the whole table.
        if (part.Address < Usual && bytes.Length < PartitionTable.BinarySize)
        {
            return new LayoutFinding(
                ErrorCode.ImageTruncated,
                $"{part.Name} ends at 0x{part.End:X}, in the middle of the partition table that begins at 0x{Usual:X}.",
                "Check that it was copied whole.",
                part.Name);
        }

        try
        {
            _ = TablePlace.Parse(part, Usual);
            return null;
        }
        catch (InputException error)
        {
            return new LayoutFinding(error.Code, error.Message, error.Advice, part.Name);
        }
    }

    // A project may have its table elsewhere, so only data that no chip reads is refused: usually the CSV of a table.
    private static LayoutFinding? NoTable(SetPart part) => ContentKind.Of(part.Data) is { } kind
        && !kind.StartsWith("nothing but", StringComparison.Ordinal)
        && !kind.StartsWith("an image", StringComparison.Ordinal)
        ? new LayoutFinding(
            ErrorCode.PartitionTableMissing,
            $"{part.Name} is {kind}, and no partition table, which the bootloader reads at 0x{Usual:X}.",
            "Give the table in its binary form.",
            part.Name)
        : null;
}
