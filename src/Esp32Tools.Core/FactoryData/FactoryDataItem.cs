
namespace Esp32Tools.FactoryData;

/// <summary>The NVS image of one unit in a file. Columns of the table without a key are added as properties.</summary>
public sealed record FactoryDataItem : FactoryDataResult
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>The file with the unit's own key; null for none.</summary>
    public string? KeyPath { get; init; }

    /// <summary>The CSV with its values in plain text; null when not requested.</summary>
    public string? CsvPath { get; init; }

    /// <summary>Written, or already present.</summary>
    public required string State { get; init; }
}
