using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Esp32Tools.Errors;

namespace Esp32Tools.FactoryData;

/// <summary>Makes units from rows, and reports the problems of a row.</summary>
internal sealed class FactoryUnitReader
{
    private readonly FactorySchema _schema;
    private readonly FactoryTable _table;
    private readonly FactoryOptions _options;
    private readonly FactoryColumns _columns;
    private FactoryValue?[] _repeated;
    private volatile bool _isPatternSlow;

    public FactoryUnitReader(FactorySchema schema, FactoryTable table, FactoryOptions options, FactoryColumns columns)
    {
        _schema = schema;
        _table = table;
        _options = options;
        _columns = columns;
        _repeated = new FactoryValue?[schema.Fields.Count];
    }

    /// <summary>Takes the values for all units. Their problems are reported when the row is read.</summary>
    public void TakeRepeated(FactoryRow first)
    {
        if (first.Cells.Count == _table.Columns.Count)
        {
            List<FactoryProblem> untold = [];
            _repeated = [.. _schema.Fields.Select((field, i) => field.IsRepeated ? ValueOf(first, field, i, untold) : null)];
        }
    }

    /// <summary>Reads a row, after <see cref="TakeRepeated"/>; in any order and from several threads.</summary>
    /// <returns>
    /// The unit, with its valid parts when there are problems; null when the row does not have the form of a unit.
    /// </returns>
    public FactoryUnit? Read(FactoryRow row, ICollection<FactoryProblem> problems)
    {
        if (row.Cells.Count != _table.Columns.Count)
        {
            string count = row.Cells.Count == 1 ? "is 1 field" : $"are {row.Cells.Count} fields";
            problems.Add(Problem(
                row, null, FactoryRule.Form, $"There {count}, and the header has {_table.Columns.Count}.",
                "Give every row a field for each column; put a value with a comma between quotes."));
            return null;
        }

        if (row.Cells.All(FactoryText.IsBlank) && _schema.Fields.Any(field => !field.IsOptional && (!field.IsRepeated || row.Number == 1)))
        {
            problems.Add(Problem(row, null, FactoryRule.Missing, "The row is empty.", "Take it out."));
            return null;
        }

        FactoryValue?[] values = [.. _schema.Fields.Select((field, i) => ValueOf(row, field, i, problems))];
        string id = IdOf(row, problems);
        return new FactoryUnit(_schema, _options, row, id, [.. values.OfType<FactoryValue>()]) { Metadata = _columns.MetadataOf(row) };
    }

    private FactoryValue? ValueOf(FactoryRow row, FactoryField field, int index, ICollection<FactoryProblem> problems)
    {
        object? cell = row.Cells[_columns[index]];
        if (field.IsRepeated && row.Number > 1)
        {
            FactoryValue? first = _repeated[index];
            if (!FactoryText.IsBlank(cell) && first is not null && !IsSame(field, cell!, first))
            {
                problems.Add(Problem(
                    row, field.Column, FactoryRule.Repeat, "The value is another one than that of the first row, which goes to all units.",
                    "Leave the field empty, or remove the repetition from the schema."));
            }

            return first;
        }

        if (FactoryText.IsBlank(cell))
        {
            if (!field.IsOptional)
            {
                problems.Add(Problem(
                    row, field.Column, FactoryRule.Missing, "There is no value.",
                    "Every unit needs a value for every key that the schema does not make optional."));
            }

            return null;
        }

        try
        {
            var value = FactoryValue.Read(field, cell!, _options.ReadFile);
            Check(row, value, problems);
            return value;
        }
        catch (InputException error) when (error.Code != ErrorCode.PatternTimeout)
        {
            bool isFile = error.Code is ErrorCode.FileNotFound or ErrorCode.FileAccess;
            problems.Add(Problem(row, field.Column, isFile ? FactoryRule.File : FactoryRule.Value, error.Message, error.Advice));
            return null;
        }
    }

    private bool IsSame(FactoryField field, object cell, FactoryValue first)
    {
        try
        {
            return FactoryValue.Read(field, cell, _options.ReadFile).Identity == first.Identity;
        }
        catch (InputException)
        {
            return false;
        }
    }

    private void Check(FactoryRow row, FactoryValue value, ICollection<FactoryProblem> problems)
    {
        FactoryField field = value.Field;
        if (field.Minimum is not null || field.Maximum is not null)
        {
            decimal number = Convert.ToDecimal(value.Item.Value, CultureInfo.InvariantCulture);
            if (number < field.Minimum || number > field.Maximum)
            {
                string range = field.Maximum is null ? $"at least {field.Minimum}" : field.Minimum is null ? $"at most {field.Maximum}" : $"{field.Minimum} to {field.Maximum}";
                problems.Add(Problem(row, field.Column, FactoryRule.Range, $"{number} is not within the range of the schema, {range}.", "Correct the value or the schema."));
            }
        }

        if (field.Pattern is not null && !_isPatternSlow && !Matches(row, field, value))
        {
            problems.Add(Problem(row, field.Column, FactoryRule.Pattern, $"The value does not match the pattern {field.Pattern}.", "Correct the value or the schema."));
        }
    }

    // Each further row could take as long, so one ends the work. Its value is not shown: it may be a password.
    private bool Matches(FactoryRow row, FactoryField field, FactoryValue value)
    {
        try
        {
            return field.Pattern!.IsMatch(value.Text);
        }
        catch (RegexMatchTimeoutException)
        {
            _isPatternSlow = true;
            throw UserPattern.TimedOut(
                $"{Problem(row, field.Column, FactoryRule.Pattern, $"The pattern '{field.Pattern}' does not come to an end within {UserPattern.Patience.TotalSeconds} s on this value.", string.Empty)}");
        }
    }

    private string IdOf(FactoryRow row, ICollection<FactoryProblem> problems)
    {
        if (_columns.FileId < 0)
        {
            return row.Number.ToString(CultureInfo.InvariantCulture);
        }

        object? cell = row.Cells[_columns.FileId];
        string? text = FactoryText.IsBlank(cell) ? null : FactoryText.Of(cell);
        string column = _table.Columns[_columns.FileId];
        if (text is null)
        {
            // If the column belongs to a key, this was already reported.
            if (!problems.Any(problem => problem.Row == row.Number && problem.Column == column))
            {
                problems.Add(Problem(row, column, FactoryRule.Missing, "There is no text to call the unit by.", "Every unit needs an id."));
            }

            return string.Empty;
        }

        if (FactoryNames.Fault(FactoryNames.Of(_options, row.Number, text)) is { } fault)
        {
            problems.Add(Problem(row, column, FactoryRule.FileName, $"It cannot be the name of a file: {fault}.", "Correct it, or call the units by another column."));
        }

        return text;
    }

    private FactoryProblem Problem(FactoryRow row, string? column, FactoryRule rule, string message, string advice) =>
        new() { Source = _table.Source, Row = row.Number, Line = row.Line, Column = column, Rule = rule, Message = message, Advice = advice };
}
