using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Csv;

namespace Esp32Tools.FactoryData;

/// <summary>
/// A CSV table with column names in the first line; read from the file each time, and never held completely in memory.
/// </summary>
public sealed class FactoryCsvTable : FactoryTable
{
    private readonly Func<TextReader> _open;
    private readonly char _separator;

    /// <summary>Reads the header.</summary>
    /// <param name="open">Opens the text at its start.</param>
    /// <param name="source">Name of the text in messages: the file's path; null for none.</param>
    /// <param name="separator">Separator of the fields.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.CsvInvalid"/>: there is no header.</exception>
    public FactoryCsvTable(Func<TextReader> open, string? source = null, char separator = ',')
    {
        _open = open;
        _separator = separator;
        Source = source;
        using TextReader text = _open();
        CsvRecord header = ReaderOf(text).Read() ?? throw new InputException(
            ErrorCode.CsvInvalid, $"{CsvReader.Place(source, 1)}: the table is empty.", "Its first line has to name the columns.")
        { Target = source };
        Columns = [.. header.Fields.Select(name => name.Trim())];
    }

    /// <inheritdoc/>
    public override string? Source { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public override IEnumerable<FactoryRow> Read()
    {
        using TextReader text = _open();
        CsvReader reader = ReaderOf(text);
        reader.Read();
        int number = 0;
        foreach (CsvRecord record in reader.ReadAll())
        {
            yield return new FactoryRow(++number, record.Line, record.Fields);
        }
    }

    private CsvReader ReaderOf(TextReader text) => new(text, Source, comment: null, _separator);
}
