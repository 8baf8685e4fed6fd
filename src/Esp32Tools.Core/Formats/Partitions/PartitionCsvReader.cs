using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace Esp32Tools.Formats.Partitions;

/// <summary>
/// Parses CSV: lines of <c>name, type, subtype, offset, size, flags</c>, comments, and environment variables.
/// </summary>
internal static class PartitionCsvReader
{
    private static readonly Regex s_variable = new(@"\$(?:\{(?<name>\w+)\}|(?<name>\w+))");

    public static PartitionTable Read(byte[] bytes, PartitionTableOptions options, string? source) =>
        PartitionTable.FromRows(Rows(bytes, options, source), options, source);

    private static IEnumerable<PartitionRow> Rows(byte[] bytes, PartitionTableOptions options, string? source)
    {
        int number = 0;
        foreach (string raw in Decode(bytes, source).Replace("\r\n", "\n").Replace('\r', '\n').Split('\n'))
        {
            number++;
            string line = raw.Trim();
            if (line.Length > 0 && line[0] != '#')
            {
                yield return ReadLine(line, $"line {number}", options, source);
            }
        }
    }

    private static PartitionRow ReadLine(string line, string place, PartitionTableOptions options, string? source)
    {
        // Variables first: their values may contain commas.
        string expanded = s_variable.Replace(line, match =>
        {
            string name = match.Groups["name"].Value;
            var column = (PartitionColumn)Math.Min(line.Take(match.Index).Count(letter => letter == ',') + 1, (int)PartitionColumn.Flags);
            return options.Environment(name)
                ?? throw PartitionRules.Wrong(source, place, column, $"The variable '{name}' is not set.");
        });
        RefuseOtherSeparators(expanded, place, source);
        string[] fields = [.. expanded.Split(',').Select(field => field.Trim())];
        string Field(PartitionColumn column) => fields.ElementAtOrDefault((int)column - 1) ?? string.Empty;
        return new PartitionRow
        {
            Place = place,
            Name = Field(PartitionColumn.Name),
            Type = Field(PartitionColumn.Type),
            SubType = Field(PartitionColumn.SubType),
            Offset = Field(PartitionColumn.Offset),
            Size = Field(PartitionColumn.Size),
            Flags = Field(PartitionColumn.Flags),
        };
    }

    // Separators of spreadsheets: written where the comma is the decimal mark, or copied.
    private static void RefuseOtherSeparators(string line, string place, string? source)
    {
        const int Columns = 3;
        foreach ((char separator, string name) in new[] { (';', "semicolons"), ('\t', "tabs") })
        {
            if (line.IndexOf(',') < 0 && line.Count(letter => letter == separator) >= Columns)
            {
                throw PartitionTable.Invalid(
                    source, $"has {name} between its columns in {place}, where commas should be.", "Save it with commas.");
            }
        }
    }

    private static string Decode(byte[] bytes, string? source)
    {
        try
        {
            using var reader = new StreamReader(new MemoryStream(bytes), new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            throw PartitionTable.Invalid(source, "is no text in UTF-8.", "Save it as UTF-8, or with a byte order mark.");
        }
    }
}
