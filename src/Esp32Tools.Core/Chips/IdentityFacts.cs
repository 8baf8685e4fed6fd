using System;
using System.Collections.Generic;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Chips;

/// <summary>What the numbers mean by which a chip says which one it is. Where they are is in its eFuse table.</summary>
public sealed class IdentityFacts
{
    /// <summary>Bits of the major revision above those in the eFuses, in a register of its own; null for none.</summary>
    public BitField? MajorRevisionHigh { get; init; }

    /// <summary>Major revision by raw value where it is not the number itself; a value not listed means 0.</summary>
    public IReadOnlyDictionary<uint, int>? MajorRevisionMap { get; init; }

    /// <summary>Revision of parts that eFuse has otherwise, major * 100 + minor; it gives null for all others.</summary>
    public Func<EfuseView, int?>? MisnamedRevision { get; init; }

    /// <summary>Flash in the package; null where eFuse does not tell.</summary>
    public EmbeddedMemoryFacts? Flash { get; init; }

    /// <summary>PSRAM in the package; null where eFuse does not tell.</summary>
    public EmbeddedMemoryFacts? Psram { get; init; }

    /// <summary>Name of the part.</summary>
    public required Func<PackageQuery, string> DescribePackage { get; init; }

    /// <summary>Features that every part has, in words.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>
    /// Features behind those, from the chip's own registers; null for the flash and PSRAM in the package alone, as most have it.
    /// </summary>
    public Func<EfuseView, IReadOnlyList<string>>? DescribeFeatures { get; init; }

    /// <summary>All features of a part.</summary>
    /// <param name="fuses">Its eFuses.</param>
    public IReadOnlyList<string> ReadFeatures(EfuseView fuses)
    {
        List<string> features = [.. Features];
        if (DescribeFeatures is not null)
        {
            features.AddRange(DescribeFeatures(fuses));
            return features;
        }

        if (Flash?.Read(fuses) is EmbeddedMemory flash)
        {
            features.Add($"Embedded Flash {flash}");
        }

        if (Psram?.Read(fuses) is EmbeddedMemory psram)
        {
            features.Add($"Embedded PSRAM {psram}");
        }

        return features;
    }

    /// <summary>The silicon revision, major * 100 + minor.</summary>
    /// <param name="fuses">The eFuses, by the table of any revision.</param>
    internal int ReadRevision(EfuseView fuses)
    {
        if (MisnamedRevision?.Invoke(fuses) is int known)
        {
            return known;
        }

        uint raw = fuses.Read(EfuseRole.MajorRevision);
        if (MajorRevisionHigh is { } high)
        {
            raw |= high.Read(fuses.ReadRegister) << fuses.Table.Get(EfuseRole.MajorRevision).BitLength;
        }

        int major = MajorRevisionMap is not { } map ? (int)raw : map.TryGetValue(raw, out int mapped) ? mapped : 0;
        return (100 * major) + (int)fuses.Read(EfuseRole.MinorRevision);
    }
}
