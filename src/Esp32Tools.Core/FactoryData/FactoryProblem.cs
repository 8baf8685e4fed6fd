using Esp32Tools.Formats.Csv;

namespace Esp32Tools.FactoryData;

/// <summary>One thing that is wrong with a table. Never holds a value: it may be a password.</summary>
public sealed record FactoryProblem
{
    /// <summary>What the table is called; null when it has no name.</summary>
    public string? Source { get; init; }

    /// <summary>Which row it is, from 1; null when all are meant.</summary>
    public int? Row { get; init; }

    /// <summary>The line of the file; null when there is no file, or the whole of it is meant.</summary>
    public int? Line { get; init; }

    /// <summary>The column; null when the whole row is meant.</summary>
    public string? Column { get; init; }

    /// <summary>The rule.</summary>
    public required FactoryRule Rule { get; init; }

    /// <summary>What is wrong.</summary>
    public required string Message { get; init; }

    /// <summary>What can be done.</summary>
    public required string Advice { get; init; }

    /// <summary>The place, and what is wrong there.</summary>
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
