using System;
using System.Collections.Generic;
using Esp32Tools.Chips.Tables;

namespace Esp32Tools.Chips;

/// <summary>The meanings of the numbers by which a chip identifies itself. Their places are in its eFuse table.</summary>
public sealed class IdentityFacts
{
    /// <summary>Bits of the major revision above those in the eFuses, in a separate register; null for none.</summary>
    public BitField? MajorRevisionHigh { get; init; }

    /// <summary>Major revision by raw value where it is not the number itself; an unlisted value means 0.</summary>
    public IReadOnlyDictionary<uint, int>? MajorRevisionMap { get; init; }

    /// <summary>Revision of parts whose eFuses hold another value, major * 100 + minor; it returns null for all others.</summary>
    public Func<EfuseView, int?>? MisnamedRevision { get; init; }

    /// <summary>Flash in the package; null where eFuse does not record it.</summary>
    public EmbeddedMemoryFacts? Flash { get; init; }

    /// <summary>PSRAM in the package; null where eFuse does not record it.</summary>
    public EmbeddedMemoryFacts? Psram { get; init; }

    /// <summary>Name of the part.</summary>
    public required Func<PackageQuery, string> DescribePackage { get; init; }

    /// <summary>Features of every part, in words.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>
    /// Further features, from the chip's own registers; null for just the flash and PSRAM in the package, as on most chips.
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
    /// <param name="fuses">The eFuses, with the table of any revision.</param>
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
