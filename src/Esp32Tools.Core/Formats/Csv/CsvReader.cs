using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Csv;

/// <summary>
/// Reads records of fields between commas, one after the other, as Python's <c>csv</c> module does with its usual dialect
/// (docs.python.org, library/csv), which the vendor's tools use. A field in quotes may hold commas, line ends and doubled quotes;
/// blanks belong to the field; a quote within an unquoted field is an ordinary character; empty lines are skipped. Inside a
/// field, line ends of any kind become line feeds.
/// </summary>
public sealed class CsvReader
{
    private const char Quote = '"';

    private readonly TextReader _reader;
    private readonly string? _source;
    private readonly char? _comment;
    private readonly char _separator;
    private readonly StringBuilder _field = new();
    private int _line;

    /// <summary>A reader of a text; the caller closes it.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="source">Name of the text in messages: the file's path; null for none.</param>
    /// <param name="comment">Records that begin with this character are skipped; null when there are no comments.</param>
    /// <param name="separator">Separator of the fields.</param>
    public CsvReader(TextReader reader, string? source = null, char? comment = null, char separator = ',')
    {
        _reader = reader;
        _source = source;
        _comment = comment;
        _separator = separator;
    }

    /// <summary>The next record; null at the end.</summary>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.CsvInvalid"/>: a quote is not closed, or the bytes do not match the encoding.
    /// </exception>
    public CsvRecord? Read()
    {
        while (NextLine() is { } line)
        {
            if (line.Length > 0 && line[0] != _comment)
            {
                return ReadRecord(line);
            }
        }

        return null;
    }

    /// <summary>All remaining records.</summary>
    /// <exception cref="InputException">As for <see cref="Read"/>.</exception>
    public IEnumerable<CsvRecord> ReadAll()
    {
        while (Read() is { } record)
        {
            yield return record;
        }
    }

    /// <summary>An error in a record, with its line and, if it is in one column, the name of the column.</summary>
    /// <param name="source">Name of the text; null for none.</param>
    /// <param name="line">The line.</param>
    /// <param name="column">The column's name; null for the whole record.</param>
    public static string Place(string? source, int line, string? column = null)
    {
        string place = source is null ? $"Line {line}" : $"'{source}', line {line}";
        return column is null ? place : $"{place}, column '{column}'";
    }

    private CsvRecord ReadRecord(string line)
    {
        int begin = _line;
        List<string> fields = [];
        int at = 0;
        while (true)
        {
            if (at < line.Length && line[at] == Quote)
            {
                (line, at) = ReadQuoted(line, at + 1, begin);
            }

            // Text after a closing quote belongs to the field unchanged.
            int end = line.IndexOf(_separator, at);
            end = end < 0 ? line.Length : end;
            fields.Add(_field.Append(line, at, end - at).ToString());
            _field.Clear();
            if (end == line.Length)
            {
                return new CsvRecord(begin, fields);
            }

            at = end + 1;
        }
    }

    private (string Line, int At) ReadQuoted(string line, int at, int begin)
    {
        while (true)
        {
            int quote = line.IndexOf(Quote, at);
            if (quote < 0)
            {
                _field.Append(line, at, line.Length - at).Append('\n');
                line = NextLine() ?? throw new InputException(
                    ErrorCode.CsvInvalid, $"{Place(_source, begin)}: a quote is opened and not closed.", "Close it; a quote inside of quotes is written twice.")
                { Target = _source };
                at = 0;
                continue;
            }

            _field.Append(line, at, quote - at);
            at = quote + 1;
            if (at == line.Length || line[at] != Quote)
            {
                return (line, at);
            }

            _field.Append(Quote);
            at++;
        }
    }

    private string? NextLine()
    {
        try
        {
            string? line = _reader.ReadLine();
            _line++;
            return line;
        }
        catch (DecoderFallbackException error)
        {
            throw new InputException(
                ErrorCode.CsvInvalid, $"{Place(_source, _line + 1)}: what is there or behind it is no text in UTF-8.", "Save it as UTF-8.", error)
            { Target = _source };
        }
    }
}
