using System;
using System.Collections.Generic;

namespace Esp32Tools.Chips;

/// <summary>Where the chip says which one it is.</summary>
public sealed class IdentityFacts
{
    /// <summary>Word with the last four octets of the factory MAC, the highest byte first.</summary>
    public required uint MacLow { get; init; }

    /// <summary>Word with the first two octets in bits 15:0, the higher byte first.</summary>
    public required uint MacHigh { get; init; }

    /// <summary>The two octets that make the MAC an EUI-64, between its halves, the higher byte first; null where there are none.</summary>
    public BitField? MacExtension { get; init; }

    /// <summary>Major revision; <see cref="MajorRevisionMap"/> may translate it.</summary>
    public required BitField MajorRevision { get; init; }

    /// <summary>Minor revision.</summary>
    public required BitField MinorRevision { get; init; }

    /// <summary>Major revision by raw value where it is not the number itself; a value not listed means 0.</summary>
    public IReadOnlyDictionary<uint, int>? MajorRevisionMap { get; init; }

    /// <summary>Revision of parts that eFuse has otherwise, major * 100 + minor; it gives null for all others.</summary>
    public Func<Func<uint, uint>, int?>? MisnamedRevision { get; init; }

    /// <summary>Major version of what the factory burned; null on the ESP32.</summary>
    public BitField? BlockVersionMajor { get; init; }

    /// <summary>Minor version of what the factory burned; null on the ESP32.</summary>
    public BitField? BlockVersionMinor { get; init; }

    /// <summary>Flash in the package; null where eFuse does not tell.</summary>
    public EmbeddedMemoryFacts? Flash { get; init; }

    /// <summary>PSRAM in the package; null where eFuse does not tell.</summary>
    public EmbeddedMemoryFacts? Psram { get; init; }

    /// <summary>Package.</summary>
    public required BitField Package { get; init; }

    /// <summary>Name of the part by (package, major revision, register reader).</summary>
    public required Func<PackageQuery, string> DescribePackage { get; init; }

    /// <summary>Features that every part has, in words.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>
    /// Features behind those, from the chip's own registers; null for the flash and PSRAM in the package alone, as most have it.
    /// </summary>
    public Func<Func<uint, uint>, IReadOnlyList<string>>? DescribeFeatures { get; init; }

    /// <summary>All features of a part.</summary>
    /// <param name="readRegister">Gives the word at an address.</param>
    public IReadOnlyList<string> ReadFeatures(Func<uint, uint> readRegister)
    {
        List<string> features = [.. Features];
        if (DescribeFeatures is not null)
        {
            features.AddRange(DescribeFeatures(readRegister));
            return features;
        }

        if (Flash?.Read(readRegister) is EmbeddedMemory flash)
        {
            features.Add($"Embedded Flash {flash}");
        }

        if (Psram?.Read(readRegister) is EmbeddedMemory psram)
        {
            features.Add($"Embedded PSRAM {psram}");
        }

        return features;
    }
}
