using Esp32Tools.Formats.Nvs;

namespace Esp32Tools.FactoryData;

/// <summary>Options for the destination and encryption of a batch's images.</summary>
public sealed record FactoryRunOptions
{
    /// <summary>Folder of the files, created if it does not exist; null to keep the images in memory.</summary>
    public string? Folder { get; init; }

    /// <summary>Prefix of the unit names, also used to name the manifest.</summary>
    public string Prefix { get; init; } = "unit";

    /// <summary>The key for all units; null for none. The caller disposes it.</summary>
    public NvsKey? Key { get; init; }

    /// <summary>Kind of the new key for each unit; null for none.</summary>
    public FactoryKeyScheme? KeyPerUnit { get; init; }

    /// <summary>True to also write the values of each unit in plain text.</summary>
    public bool WithCsv { get; init; }

    /// <summary>True to replace existing files with different content; never key files.</summary>
    public bool Force { get; init; }
}
