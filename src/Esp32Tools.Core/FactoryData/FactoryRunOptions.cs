using Esp32Tools.Formats.Nvs;

namespace Esp32Tools.FactoryData;

/// <summary>Where the images of a batch go, and what encrypts them.</summary>
public sealed record FactoryRunOptions
{
    /// <summary>Folder of the files, made if it does not exist; null to keep all of it in memory.</summary>
    public string? Folder { get; init; }

    /// <summary>Text that the names of the units begin with; the manifest is named by it.</summary>
    public string Prefix { get; init; } = "unit";

    /// <summary>The key of all units; null for none. It stays the caller's.</summary>
    public NvsKey? Key { get; init; }

    /// <summary>Gives each unit a new key of its own; null for none.</summary>
    public FactoryKeyScheme? KeyPerUnit { get; init; }

    /// <summary>Writes the values of each unit as well, in plain text.</summary>
    public bool WithCsv { get; init; }

    /// <summary>Replaces files that exist with other content; never key files.</summary>
    public bool Force { get; init; }
}
