using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Formats.Partitions;

namespace Esp32Tools.Storage.Partitions;

/// <summary>A partition, with the port of the device of its table.</summary>
public sealed record Esp32Partition
{
    private readonly Partition _partition;
    private readonly string? _ownSubType;

    /// <summary>A partition from a file, or without a device.</summary>
    /// <param name="partition">The entry of the table.</param>
    /// <param name="names">ESP-IDF's names and those of the project; null for ESP-IDF's alone.</param>
    public Esp32Partition(Partition partition, PartitionNames? names = null)
    {
        _partition = partition;
        _ownSubType = names?.SubTypeName(partition.TypeNumber, partition.SubTypeNumber);
    }

    /// <summary>Name, unique in its table.</summary>
    public string Name => _partition.Name;

    /// <summary>Type by name, such as <c>data</c>, or as a hexadecimal number.</summary>
    public string Type => _partition.Type;

    /// <summary>Subtype by name, such as <c>nvs</c>, or as a hexadecimal number.</summary>
    public string SubType => _ownSubType ?? _partition.SubType;

    /// <summary>Type as a number: 0 app, 1 data, 2 bootloader, 3 partition table, 0x40 to 0xFE the project's own.</summary>
    public byte TypeNumber => _partition.TypeNumber;

    /// <summary>Subtype as a number; its meaning depends on the type.</summary>
    public byte SubTypeNumber => _partition.SubTypeNumber;

    /// <summary>Flash address of its first byte.</summary>
    public uint Offset => _partition.Offset;

    /// <summary>Its length in bytes.</summary>
    public uint Size => _partition.Size;

    /// <summary>True when flash encryption covers it although its type does not require that.</summary>
    public bool Encrypted => _partition.Encrypted;

    /// <summary>True when its bytes are encrypted in flash while flash encryption is on.</summary>
    public bool UsesFlashEncryption => _partition.UsesFlashEncryption;

    /// <summary>True when it holds keys.</summary>
    public bool HoldsKeys => _partition.HoldsKeys;

    internal bool HoldsValues => _partition.TypeNumber == PartitionNames.Data && _partition.SubTypeNumber == PartitionNames.DataNvs;

    /// <summary>True when applications may not write to it.</summary>
    public bool ReadOnly => _partition.ReadOnly;

    /// <summary>Port of the device it was read from; null for one from a file.</summary>
    public string? PortName { get; init; }

    /// <summary>All partitions of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="portName">Port of the device it was read from; null for none.</param>
    /// <param name="names">ESP-IDF's names and those of the project; null for ESP-IDF's alone.</param>
    public static IReadOnlyList<Esp32Partition> From(PartitionTable table, string? portName = null, PartitionNames? names = null) =>
        table.Partitions.Select(partition => new Esp32Partition(partition, names) { PortName = portName }).ToArray();

    /// <summary>The entry of the table, without the device.</summary>
    public Partition ToPartition() => _partition;

    /// <inheritdoc/>
    public override string ToString() => _partition.ToString();
}
