using Esp32Tools.PowerShell.Commands.Factory;

namespace Esp32Tools.PowerShell.Results;

/// <summary>The NVS image of one unit in a file. Columns of the table that are no keys come with it as properties.</summary>
public sealed record FactoryDataItem : FactoryDataResult
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>The file with its own key; null when it has none of its own.</summary>
    public string? KeyPath { get; init; }

    /// <summary>The CSV with its values in plain text; null when none was asked for.</summary>
    public string? CsvPath { get; init; }

    /// <summary>Whether anything had to be written.</summary>
    public required FactoryFileState State { get; init; }
}
