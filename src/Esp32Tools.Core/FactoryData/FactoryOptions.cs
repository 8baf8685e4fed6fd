using System;
using Esp32Tools.Formats.Nvs;

namespace Esp32Tools.FactoryData;

/// <summary>Options for making and naming the images of a table.</summary>
public sealed record FactoryOptions
{
    /// <summary>Size of the NVS partition in bytes: a multiple of 4096.</summary>
    public required int Size { get; init; }

    /// <summary>Version of the NVS format, 1 or 2.</summary>
    public int Version { get; init; } = 2;

    /// <summary>Prefix of all unit names; may be empty.</summary>
    public string Prefix { get; init; } = "unit";

    /// <summary>Column whose value identifies units in their names; null for the row number.</summary>
    public string? FileIdColumn { get; init; }

    /// <summary>Number after the prefix in the first unit's name, incremented for each unit; null for none.</summary>
    public int? FirstNumber { get; init; }

    /// <summary>Number of digits of that number, padded with zeros.</summary>
    public int NumberLength { get; init; } = 1;

    /// <summary>
    /// True to imitate the behaviour of the vendor's generator that no row asks for: see <see cref="NvsGeneratorQuirks"/>.
    /// </summary>
    public bool LikeGenerator { get; init; }

    /// <summary>Gives the bytes of a file that a row names; null to refuse such rows. Called from several threads at once.</summary>
    public Func<string, byte[]>? ReadFile { get; init; }
}
