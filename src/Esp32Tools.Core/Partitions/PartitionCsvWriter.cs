using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Esp32Tools.Partitions;

/// <summary>Writes a table as CSV, in the form that ESP-IDF's own tool writes.</summary>
internal static class PartitionCsvWriter
{
    public static string Write(PartitionTable table, PartitionTableOptions options)
    {
        var names = new PartitionNames(options.ExtraSubTypes);
        var text = new StringBuilder("# ESP-IDF Partition Table\n# Name, Type, SubType, Offset, Size, Flags\n");
        foreach (Partition partition in table.Partitions)
        {
            string type = names.TypeName(partition.TypeNumber) ?? Decimal(partition.TypeNumber);
            string subType = names.SubTypeName(partition.TypeNumber, partition.SubTypeNumber) ?? Decimal(partition.SubTypeNumber);
            List<string> flags = [];
            if (partition.Encrypted)
            {
                flags.Add(PartitionCsvReader.EncryptedFlag);
            }

            if (partition.ReadOnly)
            {
                flags.Add(PartitionCsvReader.ReadOnlyFlag);
            }

            string[] fields = [partition.Name, type, subType, $"0x{partition.Offset:x}", PartitionNumber.FormatSize(partition.Size), string.Join(":", flags)];
            text.Append(string.Join(",", fields)).Append('\n');
        }

        return text.ToString();
    }

    private static string Decimal(byte number) => number.ToString(CultureInfo.InvariantCulture);
}
