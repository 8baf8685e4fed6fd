namespace Esp32Tools.Formats.Partitions;

/// <summary>One partition: a named range of the flash with a purpose.</summary>
public sealed record Partition
{
    /// <summary>Name, at most 16 bytes of UTF-8; unique in its table.</summary>
    public required string Name { get; init; }

    /// <summary>Type as a number: 0 app, 1 data, 2 bootloader, 3 partition table, 0x40 to 0xFE the project's own.</summary>
    public required byte TypeNumber { get; init; }

    /// <summary>Subtype as a number; its meaning depends on the type.</summary>
    public required byte SubTypeNumber { get; init; }

    /// <summary>Flash address of its first byte.</summary>
    public required uint Offset { get; init; }

    /// <summary>Its length in bytes.</summary>
    public required uint Size { get; init; }

    /// <summary>True when flash encryption covers it although its type does not require that.</summary>
    public bool Encrypted { get; init; }

    /// <summary>True when applications may not write to it.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Unknown flag bits, kept unchanged.</summary>
    public uint OtherFlags { get; init; }

    /// <summary>Type by name, such as <c>data</c>, or as a hexadecimal number.</summary>
    public string Type => PartitionNames.Default.TypeName(TypeNumber) ?? $"0x{TypeNumber:X2}";

    /// <summary>Subtype by name, such as <c>nvs</c>, or as a hexadecimal number.</summary>
    public string SubType => PartitionNames.Default.SubTypeName(TypeNumber, SubTypeNumber) ?? $"0x{SubTypeNumber:X2}";

    /// <summary>
    /// True when its bytes are encrypted in flash while flash encryption is on: applications, otadata, NVS keys and flagged
    /// partitions; never NVS itself, which has its own encryption (ESP-IDF, flash encryption).
    /// </summary>
    public bool UsesFlashEncryption => TypeNumber switch
    {
        PartitionNames.Data => SubTypeNumber switch
        {
            PartitionNames.DataNvs => false,
            PartitionNames.DataOta or PartitionNames.DataNvsKeys => true,
            _ => Encrypted,
        },
        PartitionNames.App or PartitionNames.Bootloader or PartitionNames.PartitionTable => true,
        _ => Encrypted,
    };

    /// <summary>True when it holds keys.</summary>
    public bool HoldsKeys => TypeNumber == PartitionNames.Data && SubTypeNumber == PartitionNames.DataNvsKeys;

    /// <summary>True when it holds an application.</summary>
    public bool IsApplication => TypeNumber == PartitionNames.App;

    /// <summary>True when it holds the factory application, which boots when no other was chosen.</summary>
    public bool IsFactory => IsApplication && SubTypeNumber == PartitionNames.AppFactory;

    /// <summary>Number of its OTA slot; null when it is not a slot.</summary>
    public int? OtaSlot => IsApplication && SubTypeNumber is >= PartitionNames.AppOta0 and < PartitionNames.AppOta0 + PartitionNames.OtaSlots
        ? SubTypeNumber - PartitionNames.AppOta0
        : null;

    /// <summary>True for otadata, which tells the application to boot.</summary>
    public bool IsOtaData => TypeNumber == PartitionNames.Data && SubTypeNumber == PartitionNames.DataOta;

    /// <summary>Flash address after its last byte.</summary>
    public long End => (long)Offset + Size;

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Type}, {SubType}) 0x{Offset:X}, 0x{Size:X} bytes";
}
