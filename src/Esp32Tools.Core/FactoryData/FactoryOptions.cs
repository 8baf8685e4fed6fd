using System;
using Esp32Tools.Formats.Nvs;

namespace Esp32Tools.FactoryData;

/// <summary>How the images of a table are made and called.</summary>
public sealed record FactoryOptions
{
    /// <summary>Bytes of the NVS partition: a multiple of 4096.</summary>
    public required int Size { get; init; }

    /// <summary>Version of the NVS format, 1 or 2.</summary>
    public int Version { get; init; } = 2;

    /// <summary>What the names of all units begin with; may be empty.</summary>
    public string Prefix { get; init; } = "unit";

    /// <summary>Column whose value tells units apart, in their names; null for the number of the row.</summary>
    public string? FileIdColumn { get; init; }

    /// <summary>Number that the name of the first unit gets behind its prefix, counted up from there; null for none.</summary>
    public int? FirstNumber { get; init; }

    /// <summary>Digits of that number, filled up with zeros.</summary>
    public int NumberLength { get; init; } = 1;

    /// <summary>To do as the vendor's generator does where it does what no row says: see <see cref="NvsGeneratorQuirks"/>.</summary>
    public bool LikeGenerator { get; init; }

    /// <summary>Gives the bytes of a file that a row names; null to refuse such rows. Called from several threads at once.</summary>
    public Func<string, byte[]>? ReadFile { get; init; }
}
