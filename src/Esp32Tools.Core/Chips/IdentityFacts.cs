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

    /// <summary>Major revision; <see cref="MajorRevisionMap"/> may translate it.</summary>
    public required BitField MajorRevision { get; init; }

    /// <summary>Minor revision.</summary>
    public required BitField MinorRevision { get; init; }

    /// <summary>Major revision by raw value where it is not the number itself; a value not listed means 0.</summary>
    public IReadOnlyDictionary<uint, int>? MajorRevisionMap { get; init; }

    /// <summary>Package.</summary>
    public required BitField Package { get; init; }

    /// <summary>Name of the part by (package, major revision, register reader).</summary>
    public required Func<PackageQuery, string> DescribePackage { get; init; }

    /// <summary>Features in words, from the chip's own registers.</summary>
    public required Func<Func<uint, uint>, IReadOnlyList<string>> DescribeFeatures { get; init; }
}
