using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Esp32Tools.Formats.Partitions;

/// <summary>Writes a table as CSV, in the form that ESP-IDF's own tool writes.</summary>
internal static class PartitionCsvWriter
{
    /// <exception cref="Errors.InputException"><see cref="Errors.ErrorCode.PartitionTableInvalid"/>: a name that CSV cannot carry.</exception>
    public static string Write(PartitionTable table, PartitionTableOptions options)
    {
        var names = new PartitionNames(options.ExtraSubTypes);
        var text = new StringBuilder("# ESP-IDF Partition Table\n# Name, Type, SubType, Offset, Size, Flags\n");
        foreach (Partition partition in table.Partitions)
        {
            EnsureReadsBack(partition.Name, table.Source);
            string type = names.TypeName(partition.TypeNumber) ?? Decimal(partition.TypeNumber);
            string subType = names.SubTypeName(partition.TypeNumber, partition.SubTypeNumber) ?? Decimal(partition.SubTypeNumber);
            List<string> flags = [];
            if (partition.Encrypted)
            {
                flags.Add(PartitionRowReader.EncryptedFlag);
            }

            if (partition.ReadOnly)
            {
                flags.Add(PartitionRowReader.ReadOnlyFlag);
            }

            string[] fields = [partition.Name, type, subType, $"0x{partition.Offset:x}", PartitionNumber.FormatSize(partition.Size), string.Join(":", flags)];
            text.Append(string.Join(",", fields)).Append('\n');
        }

        return text.ToString();
    }

    // Text that a reader would misread: the end of the field or the line, a comment, a variable, blanks that are trimmed.
    private static void EnsureReadsBack(string name, string? source)
    {
        if (name.Trim() != name || name.StartsWith("#", StringComparison.Ordinal) || name.Any(letter => letter is ',' or '$' || char.IsControl(letter)))
        {
            throw PartitionTable.Invalid(source, $"has a partition '{name}', whose name cannot be written as CSV.", "Keep the table in its binary form, or change the name.");
        }
    }

    private static string Decimal(byte number) => number.ToString(CultureInfo.InvariantCulture);
}
