using System;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.FactoryData;

/// <summary>The columns of a table for the values of a schema.</summary>
internal sealed class FactoryColumns
{
    private const int MostNames = 30;

    private static readonly (char Separator, string Name)[] s_otherSeparators = [(';', "semicolons"), ('\t', "tabulators"), ('|', "bars")];

    private readonly FactoryTable _table;
    private readonly int[] _fields;
    private readonly int[] _metadata;

    /// <summary>Finds the columns, in any order; a name is looked up as written, then ignoring case.</summary>
    public FactoryColumns(FactorySchema schema, FactoryTable table, string? fileIdColumn, ICollection<FactoryProblem> problems)
    {
        _table = table;
        _fields = new int[schema.Fields.Count];
        var wanted = schema.Fields.Select((field, i) => (field.Column, Index: i)).GroupBy(field => field.Column).ToArray();
        foreach (IGrouping<string, (string Column, int Index)> fields in wanted)
        {
            int[] places = Find(fields.Key, fields.Count(), problems);
            int next = 0;
            foreach ((string _, int index) in fields)
            {
                // A key in two namespaces: a column for each, in the order of the schema, or one for all.
                _fields[index] = places.Length == 0 ? -1 : places[Math.Min(next++, places.Length - 1)];
            }
        }

        int[] ids = fileIdColumn is null ? [] : Find(fileIdColumn, 1, problems);
        FileId = ids.Length > 0 ? ids[0] : -1;
        _metadata = [.. Enumerable.Range(0, table.Columns.Count).Where(i => table.Columns[i].Length > 0).Except(_fields)];
    }

    /// <summary>The column of the file id; -1 when there is none.</summary>
    public int FileId { get; }

    /// <summary>Column of a field's value.</summary>
    public int this[int field] => _fields[field];

    /// <summary>Values of columns that belong to no key.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> MetadataOf(FactoryRow row) =>
        _metadata.Select(i => new KeyValuePair<string, object?>(_table.Columns[i], row.Cells[i])).ToArray();

    private int[] Find(string name, int count, ICollection<FactoryProblem> problems)
    {
        int[] places = Places(name, StringComparison.Ordinal);
        places = places.Length > 0 ? places : Places(name, StringComparison.OrdinalIgnoreCase);
        if (places.Length == 0)
        {
            problems.Add(Problem($"There is no column '{name}'.", $"{Separated()} There are {Names()}."));
        }
        else if (places.Length > 1 && places.Length != count)
        {
            problems.Add(Problem($"There are {places.Length} columns '{name}'.", "Remove or rename the wrong one."));
        }

        return places;
    }

    private int[] Places(string name, StringComparison comparison) =>
        [.. Enumerable.Range(0, _table.Columns.Count).Where(i => _table.Columns[i].Equals(name, comparison))];

    private string Separated()
    {
        if (_table.Columns.Any(column => column.IndexOf('\0') >= 0))
        {
            return "The text is in UTF-16 and does not say so; save it as UTF-8.";
        }

        foreach ((char separator, string name) in s_otherSeparators)
        {
            if (_table.Columns.Count == 1 && _table.Columns[0].IndexOf(separator) >= 0)
            {
                return $"The columns are separated by {name}; separate them by commas, or say what separates them.";
            }
        }

        return "Check the names of the columns.";
    }

    private string Names() => string.Join(", ", _table.Columns.Take(MostNames)).Replace("\0", string.Empty) + (_table.Columns.Count > MostNames ? ", ..." : string.Empty);

    private FactoryProblem Problem(string message, string advice) =>
        new() { Source = _table.Source, Line = _table.Source is null ? null : 1, Rule = FactoryRule.Column, Message = message, Advice = advice };
}
