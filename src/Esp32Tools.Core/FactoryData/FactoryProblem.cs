using Esp32Tools.Errors;
using Esp32Tools.Formats.Csv;

namespace Esp32Tools.FactoryData;

/// <summary>One problem of a table. Never holds a value: it may be a password.</summary>
public sealed record FactoryProblem
{
    /// <summary>Name of the table; null for none.</summary>
    public string? Source { get; init; }

    /// <summary>The row, from 1; null for all rows.</summary>
    public int? Row { get; init; }

    /// <summary>The line in the file; null when there is no file, or for the whole file.</summary>
    public int? Line { get; init; }

    /// <summary>The column; null for the whole row.</summary>
    public string? Column { get; init; }

    /// <summary>The rule.</summary>
    public required FactoryRule Rule { get; init; }

    /// <summary>Description of the problem, in one line.</summary>
    public required string Message { get; init => field = VisibleText.Message(value).Replace("\r\n", " ").Replace('\n', ' '); }

    /// <summary>The remedy.</summary>
    public required string Advice { get; init; }

    /// <summary>The place and the problem.</summary>
    public override string ToString()
    {
        string place = Line is int line ? CsvReader.Place(Source, line, Column)
            : Row is int row && Column is not null ? $"Row {row}, column '{Column}'"
            : Row is not null ? $"Row {Row}"
            : Column is not null ? $"Column '{Column}'"
            : string.Empty;
        return place.Length > 0 ? $"{place}: {Message}" : Message;
    }
}
