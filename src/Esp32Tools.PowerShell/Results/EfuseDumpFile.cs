using Esp32Tools.Results;

namespace Esp32Tools.PowerShell.Results;

/// <summary>A file to which the eFuses of a device were written.</summary>
public sealed record EfuseDumpFile
{
    /// <summary>Port of the device.</summary>
    public required string PortName { get; init; }

    /// <summary>Name of the chip.</summary>
    public required string Chip { get; init; }

    /// <summary>Silicon revision, major * 100 + minor: the eFuses of an ESP32 do not carry all of it.</summary>
    public required int Revision { get; init; }

    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>Key blocks whose content is in the file.</summary>
    public required ResultList<string> ReadableKeys { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
