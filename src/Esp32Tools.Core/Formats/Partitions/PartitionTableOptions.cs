using System;
using System.Collections.Generic;

namespace Esp32Tools.Formats.Partitions;

/// <summary>What surrounds a partition table: needed to fill in what its CSV leaves out, and to check its rules.</summary>
public sealed class PartitionTableOptions
{
    /// <summary>Flash address of the table that ESP-IDF uses unless told otherwise.</summary>
    public const uint DefaultTableOffset = 0x8000;

    /// <summary>Flash address of the table.</summary>
    public uint TableOffset { get; init; } = DefaultTableOffset;

    /// <summary>Bytes of the flash; null when not known, and then nothing is too large.</summary>
    public long? FlashSize { get; init; }

    /// <summary>True when applications are signed for secure boot v1, which wants sizes of 64 KiB.</summary>
    public bool SecureBootV1 { get; init; }

    /// <summary>Flash address of the bootloader; needed where the table has it as a partition.</summary>
    public uint? PrimaryBootloaderOffset { get; init; }

    /// <summary>Flash address of the recovery bootloader; needed where the table has it as a partition.</summary>
    public uint? RecoveryBootloaderOffset { get; init; }

    /// <summary>The project's own subtypes.</summary>
    public IReadOnlyList<PartitionSubType> ExtraSubTypes { get; init; } = [];

    /// <summary>Value of a variable that a CSV names; the process's environment by default.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;
}
