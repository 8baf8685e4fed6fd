namespace Esp32Tools.Formats.Partitions;

/// <summary>The columns of a partition table in CSV, by position, from 1.</summary>
internal enum PartitionColumn
{
    Name = 1,
    Type,
    SubType,
    Offset,
    Size,
    Flags,
}
