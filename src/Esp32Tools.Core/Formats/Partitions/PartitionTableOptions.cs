using System;
using System.Collections.Generic;

namespace Esp32Tools.Formats.Partitions;

/// <summary>Surroundings of a partition table, needed to fill in missing values of its CSV and to check its rules.</summary>
public sealed class PartitionTableOptions
{
    /// <summary>ESP-IDF's default flash address of the table.</summary>
    public const uint DefaultTableOffset = 0x8000;

    /// <summary>Flash address of the table.</summary>
    public uint TableOffset { get; init; } = DefaultTableOffset;

    /// <summary>Flash size in bytes; null when unknown: then nothing is too large.</summary>
    public long? FlashSize { get; init; }

    /// <summary>True when applications are signed for secure boot v1, which requires sizes in multiples of 64 KiB.</summary>
    public bool SecureBootV1 { get; init; }

    /// <summary>Flash address of the bootloader; needed when the table has it as a partition.</summary>
    public uint? PrimaryBootloaderOffset { get; init; }

    /// <summary>Flash address of the recovery bootloader; needed when the table has it as a partition.</summary>
    public uint? RecoveryBootloaderOffset { get; init; }

    /// <summary>The project's own subtypes.</summary>
    public IReadOnlyList<PartitionSubType> ExtraSubTypes { get; init; } = [];

    /// <summary>Looks up a variable in a CSV; by default in the environment of the process.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;
}
