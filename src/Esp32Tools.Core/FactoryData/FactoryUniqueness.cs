using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Files;

namespace Esp32Tools.FactoryData;

/// <summary>Finds units that share unique values.</summary>
internal sealed class FactoryUniqueness
{
    private readonly FactorySchema _schema;
    private readonly string? _fileIdColumn;

    // Ids become names of files, and file systems differ in what they take for the same.
    private readonly Dictionary<string, int> _ids = new(OutputName.NameComparer);
    private readonly Dictionary<FactoryField, Dictionary<string, int>> _values;

    public FactoryUniqueness(FactorySchema schema, string? fileIdColumn)
    {
        _schema = schema;
        _fileIdColumn = fileIdColumn;
        _values = _schema.Fields.Where(field => field.IsUnique).ToDictionary(field => field, _ => new Dictionary<string, int>(StringComparer.Ordinal));
    }

    /// <summary>
    /// Values that a unit shares with an earlier one. Units come in the order of their rows; a missing id is never shared.
    /// </summary>
    public IEnumerable<FactoryProblem> Add(FactoryUnit unit)
    {
        string? told = null;
        if (unit.Id.Length > 0 && Note(_ids, unit.Id, unit.Row) is int row)
        {
            told = _fileIdColumn;
            yield return Duplicate(unit, _fileIdColumn, $"The id '{unit.Id}' is that of row {row} as well.");
        }

        foreach (FactoryValue value in unit.Values.Where(value => value.Field.IsUnique))
        {
            if (Note(_values[value.Field], value.Identity, unit.Row) is int other && value.Field.Column != told)
            {
                yield return Duplicate(unit, value.Field.Column, $"The value is that of row {other} as well.");
            }
        }
    }

    private static int? Note(Dictionary<string, int> known, string text, int row)
    {
        if (known.TryGetValue(text, out int first))
        {
            return first;
        }

        known.Add(text, row);
        return null;
    }

    private static FactoryProblem Duplicate(FactoryUnit unit, string? column, string message) =>
        unit.Problem(FactoryRule.Duplicate, message, "Give each unit its own.") with { Column = column };
}
